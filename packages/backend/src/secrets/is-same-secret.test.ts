import { expect, test } from 'vitest';
import { isSameSecret } from './is-same-secret.ts';

test('only the very same text passes', () => {
  // Both stand for one byte of zeros.
  expect(Buffer.from('AB', 'base64url')).toEqual(Buffer.from('AA', 'base64url'));
  const given = ['AA', 'AB', 'A', 'AA=', 'AA ', '', 'BA'];
  expect(given.filter((one) => isSameSecret(one, 'AA'))).toEqual(['AA']);
});
