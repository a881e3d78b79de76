import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseByteCount, writeByteCount } from './byte-count.ts';

test('bytes are read with decimal and binary units, and what is no number is none', () => {
  expect(['0', '17', '500k', '1.5G', '2Mi', '10 GiB', '1 MB'].map(parseByteCount)).toEqual([
    0, 17, 500_000, 1_500_000_000, 2_097_152, 10_737_418_240, 1_000_000,
  ]);
  expect(['', 'k', '-1', '1x', '1e3', '99999999T', 'none'].map(parseByteCount)).toEqual(
    Array.from({ length: 7 }, () => null),
  );
});

test('bytes are written short, and read as exactly what they were', () => {
  expect([0, 17, 1024, 1_500_000_000, 10_737_418_240].map(writeByteCount)).toEqual([
    '0',
    '17',
    '1024',
    '1.5 GB',
    '10 GiB',
  ]);
  const counts = fc.oneof(
    fc.maxSafeNat(),
    fc.tuple(fc.nat({ max: 9000 }), fc.constantFrom(1000, 1024 ** 2, 1024 ** 3)).map(([n, unit]) => n * unit),
  );
  fc.assert(fc.property(counts, (bytes) => parseByteCount(writeByteCount(bytes)) === bytes));
});
