import { expect, test } from 'vitest';
import { formatAge, formatCount } from './figures.ts';

test('ages are shown by their two largest units', () => {
  const ages = [0, 0.4, 59, 60, 61, 3600, 12_000, 86_399, 90_000, 8_640_000];
  expect(ages.map(formatAge)).toEqual([
    '0 s',
    '0 s',
    '59 s',
    '1 min',
    '1 min 1 s',
    '1 h',
    '3 h 20 min',
    '23 h 59 min',
    '1 d 1 h',
    '100 d',
  ]);
});

test('counts are shown in thousands', () => {
  expect([0, 999, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,234,567']);
});
