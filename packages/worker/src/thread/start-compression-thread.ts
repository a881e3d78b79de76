import { Worker } from 'node:worker_threads';
import type { BlobRow } from '@instashare/backend/database';
import type { CompressOptions, Verdict } from '../compress/compress-blob.ts';
import { fromFailure } from './failure.ts';
import type { FromThread, ThreadSettings, ToThread } from './messages.ts';

type Task = Pick<CompressOptions, 'signal' | 'onProgress'>;

/** `compressBlob` elsewhere: the same contract. */
export type CompressElsewhere = (blob: BlobRow, task: Task) => Promise<Verdict>;

export interface CompressionThread extends AsyncDisposable {
  readonly compress: CompressElsewhere;
}

interface InHand {
  readonly onProgress: Task['onProgress'];
  readonly settle: (result: Exclude<FromThread, { kind: 'progress' }>) => void;
}

/**
 * The thread that compresses large content. It starts with the first of it. A bug that ends it ends the process, as it
 * would without a thread: nobody listens to its `error`.
 */
export function createCompressionThread(settings: ThreadSettings): CompressionThread {
  const inHand = new Map<number, InHand>();
  let thread: Worker | null = null;
  let lastId = 0;

  const start = () => {
    const started = new Worker(new URL('./compression-thread.ts', import.meta.url), { workerData: settings });
    started.on('message', (message: FromThread) => {
      const task = inHand.get(message.id);
      if (message.kind === 'progress') task?.onProgress(message.doneBytes);
      else task?.settle(message);
    });
    return started;
  };

  return {
    async compress(blob, { signal, onProgress }) {
      signal.throwIfAborted();
      thread ??= start();
      const running = thread;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin: that is a window's
      const tell = (message: ToThread) => running.postMessage(message);
      lastId += 1;
      const id = lastId;
      const { promise, resolve } = Promise.withResolvers<Parameters<InHand['settle']>[0]>();
      const abort = () => tell({ kind: 'abort', id });
      inHand.set(id, { onProgress, settle: resolve });
      signal.addEventListener('abort', abort, { once: true });
      try {
        tell({ kind: 'compress', id, blob });
        const result = await promise;
        if (result.kind === 'done') return result.verdict;
        signal.throwIfAborted();
        throw fromFailure(result.failure);
      } finally {
        signal.removeEventListener('abort', abort);
        inHand.delete(id);
      }
    },

    async [Symbol.asyncDispose]() {
      await thread?.terminate();
    },
  };
}
