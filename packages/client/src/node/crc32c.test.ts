import { expect, test } from 'vitest';
import { createCrc32c } from './crc32c.ts';

test.each([
  ['', 'AAAAAA=='],
  // The check value of the catalogue of CRCs: 0xE3069283.
  ['123456789', '4waSgw=='],
])('the crc32c of %j', (text, base64) => {
  const crc32c = createCrc32c();
  for (const letter of text) crc32c.update(new TextEncoder().encode(letter));
  expect(crc32c.digestBase64()).toBe(base64);
});
