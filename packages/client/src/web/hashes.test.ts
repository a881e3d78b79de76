import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCrc32c as createNativeCrc32c } from '../node/crc32c.ts';
import { createSha256 as createNativeSha256 } from '../node/sha256.ts';
import { createCrc32c } from './crc32c.ts';
import { createSha256 } from './sha256.ts';

const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 });

test('CRC32C is that of its standard, and the same as in Node however the bytes come in', () => {
  const crc32c = createCrc32c();
  crc32c.update(new TextEncoder().encode('123456789'));
  // 0xe3069283
  expect(crc32c.digestBase64()).toBe('4waSgw==');
  fc.assert(
    fc.property(pieces, (parts) => {
      const [own, native] = [createCrc32c(), createNativeCrc32c()];
      for (const part of parts) for (const each of [own, native]) each.update(part);
      expect(own.digestBase64()).toBe(native.digestBase64());
    }),
  );
});

test('SHA-256 is the same as in Node however the bytes come in', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const [own, native] = [createSha256(), createNativeSha256()];
      for (const part of parts) for (const each of [own, native]) each.update(part);
      expect(own.digestHex()).toBe(native.digestHex());
    }),
  );
});
