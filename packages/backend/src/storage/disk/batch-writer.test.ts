import { expect, test } from 'vitest';
import { createBatchWriter } from './batch-writer.ts';

const BATCH = Buffer.alloc(512 * 1024);

/** A handle whose writes end when they are told to. */
function fakeHandle() {
  const pending: PromiseWithResolvers<void>[] = [];
  const writev = async <Buffers extends readonly NodeJS.ArrayBufferView[]>(buffers: Buffers) => {
    const write = Promise.withResolvers<void>();
    pending.push(write);
    await write.promise;
    return { bytesWritten: buffers.reduce((sum, { byteLength }) => sum + byteLength, 0), buffers };
  };
  return { writev, datasync: () => Promise.resolve(), pending };
}

test('what waits for its turn when the writing is over is never written: the file may be cut by then', async () => {
  const handle = fakeHandle();
  const writer = createBatchWriter({ handle, position: 0, ownsChunks: false });
  expect(writer.write(BATCH)).toBeNull();
  const turn = writer.write(BATCH);
  const settled = writer.settle();
  handle.pending[0]?.resolve();
  await settled;
  await turn;
  expect(handle.pending).toHaveLength(1);
});
