import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeStored } from './decode-stored.ts';
import { encodeSeekTable } from './seek-table.ts';

const content = Buffer.from('content '.repeat(5000));
const frame = zstdCompressSync(content);

test('gives the content of a frame, and what is stored as it is itself', async () => {
  expect(await decodeStored(frame, { encoding: 'zstd', sizeBytes: content.length })).toEqual(content);
  expect(await decodeStored(content, { encoding: 'identity', sizeBytes: content.length })).toBe(content);
});

test.each([
  ['half a frame', frame.subarray(0, frame.length / 2), content.length],
  ['a frame and more', Buffer.concat([frame, frame]), content.length],
  ['a frame of more than there should be', frame, content.length - 1],
  ['a frame of less', frame, content.length + 1],
  ['no frame', content, content.length],
  ['a frame with a seek table', Buffer.concat([frame, encodeSeekTable([])]), content.length],
])('says that %s is damaged', async (_name, stored, sizeBytes) => {
  await expect(decodeStored(stored, { encoding: 'zstd', sizeBytes })).rejects.toMatchObject({
    reason: 'object_damaged',
  });
});
