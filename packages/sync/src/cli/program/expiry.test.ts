import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { expiry } from './expiry.ts';

const NOW = new Date(2030, 0, 15, 12);
const read = expiry(() => NOW.getTime());

test.each([
  ['30m', new Date(2030, 0, 15, 12, 30)],
  ['12h', new Date(2030, 0, 16)],
  ['7d', new Date(NOW.getTime() + 7 * 86_400_000)],
  ['4w', new Date(NOW.getTime() + 28 * 86_400_000)],
  ['2030-01-15', new Date(2030, 0, 16)],
  ['2032-02-29', new Date(2032, 2, 1)],
])('%s', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  '',
  '7',
  'd',
  '7 d',
  '-7d',
  '1.5d',
  '7y',
  'tomorrow',
  '2031-02-29',
  '2031-13-01',
  '31.1.2031',
  '9'.repeat(30) + 'd',
])('%j is none, and it is said how one looks', (text) => {
  expect(() => read(text)).toThrow(InvalidArgumentError);
  expect(() => read(text)).toThrow(/such as 30m, 12h, 7d or 4w, or a day such as 2031-01-31/);
});

test.each(['0d', '2030-01-14', '1999-12-31'])('%s is over already', (text) => {
  expect(() => read(text)).toThrow('It must lie in the future');
});
