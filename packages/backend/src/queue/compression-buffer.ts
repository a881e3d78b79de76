import type { Log } from '../log/index.ts';
import { BATCH_BLOBS, BATCH_BYTES, type BlobBatch, type BlobToCompress, batchBlobs } from './batch-blobs.ts';
import type { JobQueue } from './job-queue.ts';

/** How long a blob may wait for others to share its job. */
const MAX_DELAY_MS = 25;
/** How long blobs wait at most for small files that go on coming in by the thousands. */
const MAX_BURST_MS = 2_000;
/** The next of those come within this time. */
const BURST_PAUSE_MS = 100;

export interface CompressionBuffer extends AsyncDisposable {
  /**
   * Asks for the compression of a blob whose row is committed. Never fails and is not waited for: what a
   * crash or a queue that is down loses here, the sweep finds.
   */
  add(blob: BlobToCompress): void;
  /**
   * Small files are coming in until this is disposed of. On the machine that receives them, workers would take the
   * processor from it: what a burst brings waits for its end, or for two seconds.
   */
  receiving(): Disposable;
}

/** Gathers blobs for a moment, so that thousands of small files do not cost a job each. */
export function createCompressionBuffer(options: {
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly log: Log;
}): CompressionBuffer {
  const { queue, log } = options;
  let gathered: BlobToCompress[] = [];
  let gatheredBytes = 0;
  let firstAtMs = 0;
  let receptions = 0;
  let receivedAtMs = Number.NEGATIVE_INFINITY;
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

  const isFull = () => gathered.length >= BATCH_BLOBS || gatheredBytes >= BATCH_BYTES;

  const dueAtMs = (): number => {
    const latestMs = firstAtMs + MAX_BURST_MS;
    if (receptions > 0) return latestMs;
    const burstEndsAtMs = isFull() ? receivedAtMs + BURST_PAUSE_MS : 0;
    return Math.min(latestMs, Math.max(firstAtMs + MAX_DELAY_MS, burstEndsAtMs));
  };

  const wait = (): void => {
    if (timer !== null) clearTimeout(timer);
    const waitMs = dueAtMs() - performance.now();
    timer = setTimeout(() => (dueAtMs() <= performance.now() ? flush() : wait()), Math.max(1, waitMs));
  };

  return {
    add(blob) {
      if (gathered.length === 0) firstAtMs = performance.now();
      gathered.push(blob);
      gatheredBytes += blob.sizeBytes;
      if (isFull() && receptions === 0) flush();
      else if (timer === null) wait();
    },

    receiving() {
      receptions += 1;
      return {
        [Symbol.dispose]() {
          receptions -= 1;
          receivedAtMs = performance.now();
          if (gathered.length > 0) wait();
        },
      };
    },

    async [Symbol.asyncDispose]() {
      flush();
      await Promise.all(sending);
    },
  };
}
