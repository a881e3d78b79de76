import { expect, test } from 'vitest';
import { backoffMs } from './retry-policy.ts';

const policy = { baseMs: 100, capMs: 1_000 };

test('waits double up to the cap', () => {
  expect([1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(attempt, policy, () => 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ]);
});

test('jitter takes away at most half of the wait', () => {
  expect([0, 0.5, 1].map((random) => backoffMs(2, policy, () => random))).toEqual([100, 150, 200]);
});
