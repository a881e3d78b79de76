import { expect, test } from 'vitest';
import { formatBytes, formatDuration, formatNumber, formatTime, printable } from './format.ts';

test('bytes in three digits or fewer', () => {
  expect([0, 999, 1000, 99_949, 99_950, 999_499, 999_500, 1_300_000_000].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '99.9 kB',
    '100 kB',
    '999 kB',
    '1.0 MB',
    '1.3 GB',
  ]);
});

test('a duration in the two units that matter', () => {
  expect([0, 59_400, 61_000, 7_260_000].map(formatDuration)).toEqual([
    '0 s',
    '59 s',
    '1 min 1 s',
    '2 h 1 min',
  ]);
});

test('a time by the clock of this machine', () => {
  const local = new Date(2026, 0, 2, 3, 4, 59);
  expect(formatTime(local.toISOString())).toBe('2026-01-02 03:04');
});

test('a name does not move the cursor', () => {
  expect(printable('a\u001B[2Jb\nc\u009B')).toBe('a?[2Jb?c?');
});

test('numbers are grouped by thousands', () => {
  expect([0, 999, 1_000, 12_345, 999_999, 1_234_567].map(formatNumber)).toEqual([
    '0',
    '999',
    '1,000',
    '12,345',
    '999,999',
    '1,234,567',
  ]);
});
