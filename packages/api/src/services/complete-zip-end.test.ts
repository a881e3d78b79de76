import { buffer } from 'node:stream/consumers';
import { makeZip } from 'client-zip';
import { expect, test } from 'vitest';
import { completeZipEnd } from './complete-zip-end.ts';

const entries = [
  { name: 'a', input: 'one' },
  { name: 'b', input: 'two' },
];
/** As if it had so many entries. */
const zipOf = (entryCount: number) => buffer(completeZipEnd(makeZip(entries), () => entryCount));

test('fewer than 65,535 entries need no zip64', async () => {
  const zip = await zipOf(65_534);
  expect(zip.includes('PK\u0006')).toBe(false);
  expect(zip.toString('latin1', zip.length - 22, zip.length - 18)).toBe('PK\u0005\u0006');
});

test('from 65,535 entries on a zip64 end tells how many there are, and where', async () => {
  const zip = await zipOf(65_536);
  const end = zip.length - 22;
  expect(zip.toString('latin1', end, end + 4)).toBe('PK\u0005\u0006');
  const locator = end - 20;
  expect(zip.toString('latin1', locator, locator + 4)).toBe('PK\u0006\u0007');
  const zip64 = Number(zip.readBigUInt64LE(locator + 8));
  expect(zip.toString('latin1', zip64, zip64 + 4)).toBe('PK\u0006\u0006');
  expect([zip.readBigUInt64LE(zip64 + 24), zip.readBigUInt64LE(zip64 + 32)]).toEqual([65_536n, 65_536n]);
  const [bytes, offset] = [zip.readBigUInt64LE(zip64 + 40), zip.readBigUInt64LE(zip64 + 48)];
  expect(Number(offset + bytes)).toBe(zip64);
  expect(zip.toString('latin1', Number(offset), Number(offset) + 4)).toBe('PK\u0001\u0002');
});

test('what does not end as a zip is not made into a damaged one', async () => {
  const cut = new Blob(['PK']).stream();
  await expect(buffer(completeZipEnd(cut, () => 0))).rejects.toThrow('the end of a zip');
});
