import type { Log } from '../log/index.ts';
import { BATCH_BLOBS, BATCH_BYTES, type BlobBatch, type BlobToCompress, batchBlobs } from './batch-blobs.ts';
import type { JobQueue } from './job-queue.ts';

/** How long a blob may wait for others to share its job. */
const MAX_DELAY_MS = 25;

export interface CompressionBuffer extends AsyncDisposable {
  /**
   * Asks for the compression of a blob whose row is committed. Never fails and is not waited for: what a
   * crash or a queue that is down loses here, the sweep finds.
   */
  add(blob: BlobToCompress): void;
}

/** Gathers blobs for a moment, so that thousands of small files do not cost a job each. */
export function createCompressionBuffer(options: {
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly log: Log;
}): CompressionBuffer {
  const { queue, log } = options;
  let gathered: BlobToCompress[] = [];
  let gatheredBytes = 0;
  let timer: NodeJS.Timeout | null = null;
  const sending = new Set<Promise<void>>();

  const send = ({ blobIds, priority }: BlobBatch): void => {
    const sent: Promise<void> = queue
      .enqueue('compress-blobs', { blobIds }, { priority })
      .catch((error: unknown) => {
        log.warn({ err: error, blobs: blobIds.length }, 'could not enqueue compression, the sweep will');
      })
      .finally(() => sending.delete(sent));
    sending.add(sent);
  };

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batches = batchBlobs(gathered);
    gathered = [];
    gatheredBytes = 0;
    for (const batch of batches) send(batch);
  };

  return {
    add(blob) {
      gathered.push(blob);
      gatheredBytes += blob.sizeBytes;
      if (gathered.length >= BATCH_BLOBS || gatheredBytes >= BATCH_BYTES) flush();
      else timer ??= setTimeout(flush, MAX_DELAY_MS);
    },

    async [Symbol.asyncDispose]() {
      flush();
      await Promise.all(sending);
    },
  };
}
