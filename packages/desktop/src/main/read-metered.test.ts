import { expect, test } from 'vitest';
import { readMetered } from './read-metered.ts';

test.each([
  ['u 0\n', false],
  ['u 1\n', true],
  ['u 2\n', false],
  ['u 3\n', true],
  ['u 4\n', false],
  ['u 5\n', null],
  ['s "yes"\n', null],
  ['', null],
])('%j', (text, isMetered) => {
  expect(readMetered(text)).toBe(isMetered);
});
