import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { BLOCKS_KEPT, bodyBlocks } from './body-blocks.ts';
import { bytesSource, type UploadSource } from './source.ts';

const BLOCK_BYTES = 512 * 1024;

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
process.on('unhandledRejection', note);
afterEach(() => {
  process.off('unhandledRejection', note);
});

test('a read ahead that fails while the consumer is slow is told at its turn, and never unhandled', async () => {
  const source: UploadSource = {
    sizeBytes: 2 * BLOCK_BYTES,
    read: (target, position) =>
      position === 0 ? Promise.resolve(target.byteLength) : Promise.reject(new Error('the file changed')),
  };
  const blocks = bodyBlocks(source, { start: 0, end: source.sizeBytes }, null);
  await expect(blocks.next()).resolves.toMatchObject({ value: { byteLength: BLOCK_BYTES } });
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  await expect(blocks.next()).rejects.toThrow('the file changed');
  expect(unhandled).toEqual([]);
});

test('the blocks asked for last stay as they are, and the buffers of those before serve again', async () => {
  const bytes = new Uint8Array(12 * BLOCK_BYTES + 5).map((_byte, at) => at / BLOCK_BYTES);
  const range = { start: 100, end: bytes.byteLength };
  const buffers = new Set<ArrayBufferLike>();
  const kept: { readonly block: Uint8Array; readonly start: number }[] = [];
  let position = range.start;
  for await (const block of bodyBlocks(bytesSource(bytes), range, null)) {
    buffers.add(block.buffer);
    kept.push({ block, start: position });
    position += block.byteLength;
    // The read ahead fills a buffer now, if it is one of these.
    await setImmediate();
    for (const { block: earlier, start } of kept.slice(-BLOCKS_KEPT)) {
      expect(Buffer.compare(earlier, bytes.subarray(start, start + earlier.byteLength))).toBe(0);
    }
  }
  expect(position).toBe(range.end);
  expect(buffers.size).toBe(BLOCKS_KEPT + 1);
});
