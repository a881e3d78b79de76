import { expect, test } from 'vitest';
import { createSeenObjects } from './seen-objects.ts';

test('what was seen counts as there for a minute from then on', () => {
  let nowMs = 0;
  const seen = createSeenObjects(() => nowMs);
  expect(seen.has('a')).toBe(false);
  seen.add('a');
  nowMs = 30_000;
  seen.add('b');
  nowMs = 59_999;
  expect([seen.has('a'), seen.has('b')]).toEqual([true, true]);
  nowMs = 60_000;
  expect([seen.has('a'), seen.has('b')]).toEqual([false, true]);
  seen.add('a');
  expect(seen.has('a')).toBe(true);
});

test('of very many those that were seen last are remembered', () => {
  const seen = createSeenObjects(() => 0);
  for (let count = 0; count <= 10_000; count += 1) seen.add(String(count));
  expect([seen.has('0'), seen.has('1'), seen.has('10000')]).toEqual([false, true, true]);
});
