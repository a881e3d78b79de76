import { expect, test } from 'vitest';
import { secondsLeft } from './speed.ts';

test.each([
  [1000, 100, 10],
  [1001, 100, 11],
  [0, 0, 0],
  [-5, 100, 0],
  [1000, 0, null],
])('%d bytes at %d a second take %s', (rest, speed, expected) => {
  expect(secondsLeft(rest, speed)).toBe(expected);
});
