import { AsyncLocalStorage } from 'node:async_hooks';
import type { Log } from '../log/index.ts';
import { BATCH_BLOBS, BATCH_BYTES, type BlobBatch, type BlobToCompress, batchBlobs } from './batch-blobs.ts';
import type { JobQueue } from './job-queue.ts';

/** How long a blob may wait for others to share its job. */
const MAX_DELAY_MS = 25;
/** How long blobs wait at most for small files that go on coming in by the thousands. */
const MAX_BURST_MS = 5_000;
/** The next of those come within this time, and large files between them. */
const BURST_PAUSE_MS = 100;

export interface CompressionBuffer extends AsyncDisposable {
  /**
   * Asks for the compression of a blob whose row is committed. Never fails and is not waited for: what a
   * crash or a queue that is down loses here, the sweep finds.
   */
  add(blob: BlobToCompress): void;
  /**
   * Small files are coming in until this is disposed of. On the machine that receives them, workers would take the
   * processor from it: what a burst brings waits for its end, or for five seconds.
   */
  receiving(): Disposable;
}

interface SenderOptions {
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly log: Log;
}

/** Hands batches to the queue, and knows when it has them all. */
function createSender({ queue, log }: SenderOptions) {
  const sending = new Set<Promise<void>>();
  let onBehalf: <Result>(work: () => Result) => Result = (work) => work();
  return {
    /** What is sent from now on is a part of what the caller is about: a trace is one whole although it waits here. */
    onBehalfOfCaller: (): void => {
      onBehalf = AsyncLocalStorage.snapshot();
    },
    send: ({ blobIds, priority }: BlobBatch): void => {
      const sent: Promise<void> = onBehalf(() => queue.enqueue('compress-blobs', { blobIds }, { priority }))
        .catch((error: unknown) => {
          log.warn({ err: error, blobs: blobIds.length }, 'could not enqueue compression, the sweep will');
        })
        .finally(() => sending.delete(sent));
      sending.add(sent);
    },
    sent: () => Promise.all(sending),
  };
}

/** When a burst of small files is over, as far as one can tell. */
function createBurst() {
  let receptions = 0;
  let receivedAtMs = Number.NEGATIVE_INFINITY;
  return {
    overAtMs: () => (receptions > 0 ? Number.POSITIVE_INFINITY : receivedAtMs + BURST_PAUSE_MS),
    begin(): void {
      receptions += 1;
    },
    end(): void {
      receptions -= 1;
      receivedAtMs = performance.now();
    },
  };
}

interface Gathered {
  readonly blobs: BlobToCompress[];
  sizeBytes: number;
  firstAtMs: number;
}

const nothing = (): Gathered => ({ blobs: [], sizeBytes: 0, firstAtMs: 0 });

/** Gathers blobs for a moment, so that thousands of small files do not cost a job each. */
export function createCompressionBuffer(options: SenderOptions): CompressionBuffer {
  const { onBehalfOfCaller, send, sent } = createSender(options);
  const burst = createBurst();
  let gathered = nothing();
  let timer: NodeJS.Timeout | null = null;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batches = batchBlobs(gathered.blobs);
    gathered = nothing();
    for (const batch of batches) send(batch);
  };

  const isFull = () => gathered.blobs.length >= BATCH_BLOBS || gathered.sizeBytes >= BATCH_BYTES;

  const dueAtMs = (): number => {
    const soonMs = Math.max(gathered.firstAtMs + MAX_DELAY_MS, burst.overAtMs());
    return Math.min(gathered.firstAtMs + MAX_BURST_MS, soonMs);
  };

  const wait = (): void => {
    if (timer !== null) clearTimeout(timer);
    const waitMs = dueAtMs() - performance.now();
    timer = setTimeout(() => (dueAtMs() <= performance.now() ? flush() : wait()), Math.max(1, waitMs));
  };

  return {
    add(blob) {
      if (gathered.blobs.length === 0) {
        gathered.firstAtMs = performance.now();
        onBehalfOfCaller();
      }
      gathered.blobs.push(blob);
      gathered.sizeBytes += blob.sizeBytes;
      if (isFull() && burst.overAtMs() <= performance.now()) flush();
      else if (timer === null) wait();
    },

    receiving() {
      burst.begin();
      return {
        [Symbol.dispose]() {
          burst.end();
          if (gathered.blobs.length > 0) wait();
        },
      };
    },

    async [Symbol.asyncDispose]() {
      flush();
      await sent();
    },
  };
}
