import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { bodyBlocks } from './body-blocks.ts';
import type { UploadSource } from './source.ts';

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
