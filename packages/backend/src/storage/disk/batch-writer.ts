import type { FileHandle } from 'node:fs/promises';

/** Written at once: large enough that the trip to the thread pool does not count, small enough to hold two. */
const BATCH_BYTES = 512 * 1024;
/**
 * The disk starts on what came so far each time this much has come, so that little is left to wait for when
 * the body ends. Nothing waits for these.
 */
const EARLY_SYNC_BYTES = 32 * 1024 * 1024;

/**
 * Gathers chunks and writes a batch while the next one gathers, from byte `start` of the file on. At most two
 * batches are in memory as long as the caller waits when it is told to.
 */
export function createBatchWriter(handle: FileHandle, start: number) {
  let position = start;
  let batch: Buffer[] = [];
  let batchBytes = 0;
  let writing: Promise<void> = Promise.resolve();
  const early = createEarlySync(handle);

  const startWriting = async (): Promise<void> => {
    await writing;
    if (batch.length === 0) return;
    writing = writeAll(handle, batch, position);
    // Whoever waits for it next sees its failure; until then it must not count as unhandled.
    writing.catch(() => {});
    early.note(batchBytes);
    position += batchBytes;
    batch = [];
    batchBytes = 0;
  };

  return {
    /** A promise to wait for before the next call, or null. */
    write(chunk: Buffer): Promise<void> | null {
      batch.push(chunk);
      batchBytes += chunk.length;
      return batchBytes >= BATCH_BYTES ? startWriting() : null;
    },
    /** Writes what is left; resolves when the handle is not in use any more. */
    async flush(): Promise<void> {
      await startWriting();
      await writing;
      await early.settle();
    },
    /** Writes nothing more; resolves when the handle is not in use any more, however that ended. */
    async settle(): Promise<void> {
      await writing.catch(() => {});
      await early.settle();
    },
  };
}

async function writeAll(handle: FileHandle, buffers: readonly Buffer[], start: number): Promise<void> {
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

/** Keeps the disk busy behind the writes. Only a head start: the sync that counts reports its own failure. */
function createEarlySync(handle: FileHandle) {
  let unsyncedBytes = 0;
  let syncing: Promise<void> | null = null;
  return {
    note(writtenBytes: number): void {
      unsyncedBytes += writtenBytes;
      if (unsyncedBytes < EARLY_SYNC_BYTES || syncing !== null) return;
      unsyncedBytes = 0;
      syncing = handle
        .datasync()
        .catch(() => {})
        .finally(() => {
          syncing = null;
        });
    },
    settle: async (): Promise<void> => {
      await syncing;
    },
  };
}
