import { expect, test } from 'vitest';
import { formatAgo, formatBytes, formatCount, formatSaved, formatTimeLeft } from './format.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [999_500, '1.0 MB'],
  [2_345_678_901, '2.3 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [3, 'a few seconds left'],
  [41, '45 s left'],
  [61, '2 min left'],
  [4000, '1 h 7 min left'],
])('%d seconds: %s', (seconds, text) => {
  expect(formatTimeLeft(seconds)).toBe(text);
});

test.each([
  [1000, 430, '57 %'],
  [90_000, 40, '99 %'],
  [1000, 1000, ''],
  [1000, 1200, ''],
  [0, 0, ''],
])('%d stored as %d saves %j', (size, stored, text) => {
  expect(formatSaved(size, stored)).toBe(text);
});

test('one is no plural', () => {
  expect([formatCount(1, 'file'), formatCount(12_345, 'file')]).toEqual(['1 file', '12,345 files']);
});

test('ages', () => {
  expect([5, 90, 7300].map((seconds) => formatAgo(0, seconds * 1000))).toEqual([
    'just now',
    '1 min ago',
    '2 h ago',
  ]);
});
