import type { FileHandle } from 'node:fs/promises';
import { freeMemory } from '../../streams/index.ts';
import { createEarlySync, type SyncFailure } from './early-sync.ts';

/** Written at once: large enough that the trip to the thread pool does not count, small enough to hold two. */
const BATCH_BYTES = 512 * 1024;

export type BatchWriter = ReturnType<typeof createBatchWriter>;

export interface BatchWriterTarget {
  readonly handle: Pick<FileHandle, 'datasync' | 'writev'>;
  /** Where in the file the first byte goes. */
  readonly position: number;
  /** Chunks are nobody else's: their memory is given back at once. */
  readonly ownsChunks: boolean;
}

/**
 * Gathers chunks and writes a batch while the next one gathers. At most two batches are in memory as long as the
 * caller waits when it is told to.
 */
export function createBatchWriter({ handle, position: start, ownsChunks }: BatchWriterTarget) {
  let position = start;
  let batch: Buffer[] = [];
  let batchBytes = 0;
  /** Stays when it failed: whoever comes next sees it. */
  let writing: Promise<void> | null = null;
  let isOver = false;
  const early = createEarlySync(handle);

  const startWriting = (): void => {
    if (isOver) return;
    const [chunks, at] = [batch, position];
    early.note(batchBytes);
    position += batchBytes;
    batch = [];
    batchBytes = 0;
    writing = writeAll(handle, chunks, at).then(() => {
      writing = null;
      if (ownsChunks) for (const chunk of chunks) freeMemory(chunk);
    });
    // Until somebody waits for it, it must not count as unhandled.
    writing.catch(() => {});
  };

  return {
    /** A promise to wait for before the next call, or null. */
    write(chunk: Buffer): Promise<void> | null {
      batch.push(chunk);
      batchBytes += chunk.length;
      if (batchBytes < BATCH_BYTES) return null;
      if (writing !== null) return writing.then(startWriting);
      startWriting();
      return null;
    },
    /** Writes what is left. */
    async flush(): Promise<void> {
      await writing;
      if (batch.length > 0) startWriting();
      await writing;
    },
    /**
     * Writes nothing more; resolves when the handle is not in use any more, however the writing ended, and says
     * whether what was written is known not to get to the disk.
     */
    async settle(): Promise<SyncFailure | null> {
      // What still waits for its turn would come after the caller has cut the file.
      isOver = true;
      await writing?.catch(() => {});
      return early.settle();
    },
  };
}

async function writeAll(
  handle: Pick<FileHandle, 'writev'>,
  buffers: readonly Buffer[],
  start: number,
): Promise<void> {
  let rest = buffers;
  let position = start;
  while (rest.length > 0) {
    const { bytesWritten } = await handle.writev(rest, position);
    position += bytesWritten;
    rest = withoutFirst(rest, bytesWritten);
  }
}

/** The same bytes without the first `count`: a disk that fills up takes a part of what it is given. */
function withoutFirst(buffers: readonly Buffer[], count: number): readonly Buffer[] {
  let left = count;
  for (const [index, buffer] of buffers.entries()) {
    if (left < buffer.length) return [buffer.subarray(left), ...buffers.slice(index + 1)];
    left -= buffer.length;
  }
  return [];
}
