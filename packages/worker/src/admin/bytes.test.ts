import { expect, test } from 'vitest';
import { UsageError } from './admin-error.ts';
import { formatBytes, parseBytes } from './bytes.ts';

test('bytes are read with the units of the CLI, and 0 is a number of bytes', () => {
  expect(['0', '17', '500k', '1.5G', '2Mi', '10 GiB'].map(parseBytes)).toEqual([
    0, 17, 500_000, 1_500_000_000, 2_097_152, 10_737_418_240,
  ]);
  for (const text of ['', 'k', '-1', '1x', '1e3', '99999999T'])
    expect(() => parseBytes(text)).toThrow(UsageError);
});

test('bytes are shown short', () => {
  expect([0, 999, 1000, 20_000_000, 1_500_000_000].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '20 MB',
    '1.5 GB',
  ]);
});
