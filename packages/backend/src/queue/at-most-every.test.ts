import { expect, test } from 'vitest';
import { atMostEvery } from './at-most-every.ts';

test('one value in the interval is passed on, and the others are counted', () => {
  let nowMs = 0;
  const passed: [string, number][] = [];
  const pass = atMostEvery<string>(
    1000,
    (value, left) => passed.push([value, left]),
    () => nowMs,
  );
  for (const [atMs, value] of [
    [0, 'a'],
    [1, 'b'],
    [999, 'c'],
    [1000, 'd'],
    [5000, 'e'],
  ] as const) {
    nowMs = atMs;
    pass(value);
  }
  expect(passed).toEqual([
    ['a', 0],
    ['d', 2],
    ['e', 0],
  ]);
});
