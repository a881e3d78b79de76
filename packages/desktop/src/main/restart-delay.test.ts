import { expect, test } from 'vitest';
import { createRestartDelay } from './restart-delay.ts';

test('what ends again and again is started ever later, and from the third time on a person is told', () => {
  const restarts = createRestartDelay();
  const ended = Array.from({ length: 12 }, () => restarts.ended(10));
  expect(ended.map(({ waitMs }) => waitMs / 1000)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  expect(ended.map(({ isTrouble }) => isTrouble)).toEqual([
    false,
    false,
    ...Array.from({ length: 10 }, () => true),
  ]);
});

test('what ran for a while starts over', () => {
  const restarts = createRestartDelay();
  for (let n = 0; n < 5; n += 1) restarts.ended(10);
  expect(restarts.ended(60_000)).toEqual({ waitMs: 1000, isTrouble: false });
});
