import { constants, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { EMPTY_CHECKSUM, frameChecksum } from './frame-checksum.ts';

const withChecksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

test('the checksum of a frame is the low half of the XXH64 of its content', () => {
  // Of the specification of XXH64: XXH64("") is ef46db3751d8e999.
  expect(frameChecksum(zstdCompressSync(Buffer.alloc(0), withChecksum))).toEqual({
    checksum: EMPTY_CHECKSUM,
  });
  // `printf 'xxhash' | xxhsum -H64` gives 32dd38952c4bc720.
  expect(frameChecksum(zstdCompressSync(Buffer.from('xxhash'), withChecksum))).toEqual({
    checksum: 0x2c4b_c720,
  });
});

test('a frame without a checksum has none', () => {
  const without = { params: { [constants.ZSTD_c_checksumFlag]: 0 } };
  expect(frameChecksum(zstdCompressSync(Buffer.from('xxhash'), without))).toEqual({});
  expect(frameChecksum(Buffer.alloc(0))).toEqual({});
});
