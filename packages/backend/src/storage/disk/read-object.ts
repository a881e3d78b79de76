import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadOptions } from '../object-store.ts';
import { translateError } from './translate-error.ts';

/** One trip to the thread pool each. */
const CHUNK_BYTES = 256 * 1024;

/** `ObjectStore.read` on disk. The open file outlives the object's name, so a deletion can't tear a read. */
export async function readObject(path: string, options: ReadOptions): Promise<Readable> {
  const { offset = 0, lengthBytes = Number.POSITIVE_INFINITY, chunkBytes = CHUNK_BYTES, signal } = options;
  signal?.throwIfAborted();
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw translateError(error);
  });
  if (lengthBytes === 0) {
    await handle.close();
    return Readable.from([]);
  }
  const stream = handle.createReadStream({
    start: offset,
    end: offset + lengthBytes - 1,
    highWaterMark: chunkBytes,
    ...(signal === undefined ? {} : { signal }),
  });
  // Aborting may fail it before anybody listens, and a failure that nobody hears ends the process.
  return stream.on('error', () => {});
}
