import { expect, test } from 'vitest';
import { savedPercent } from './saved-percent.ts';

test.each([
  [0, 0, 0],
  [100, 100, 0],
  [100, 120, 0],
  [1000, 567, 43],
  [1000, 571, 42],
  [1_000_000, 1, 99],
  [10, 0, 100],
  [1000, 900, 10],
])('%d bytes that take %d: %d per cent are saved', (sizeBytes, storedBytes, percent) => {
  expect(savedPercent(sizeBytes, storedBytes)).toBe(percent);
});
