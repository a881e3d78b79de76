/**
 * The thread in which large content is compressed; started by path. It opens the store for itself, and knows neither
 * the database nor the queue: its heap stays small, which is what it is for (ADR 13).
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type ObjectStore, openObjectStore } from '@instashare/backend/storage';
import { compressBlob } from '../compress/compress-blob.ts';
import { createFrameCompressor } from '../compress/compress-frame.ts';
import { createFrameSlots } from '../compress/slots.ts';
import { toFailure } from './failure.ts';
import type { FromThread, ThreadSettings, ToThread } from './messages.ts';

function listen(port: NonNullable<typeof parentPort>, settings: ThreadSettings): void {
  const { concurrency, compressionLevel } = settings;
  const compressFrame = createFrameCompressor({ level: compressionLevel, atOnce: concurrency });
  const slots = createFrameSlots(concurrency);
  const inHand = new Map<number, AbortController>();
  const open = createOpener(settings);
  const tell = (message: FromThread) => port.postMessage(message);

  const compress = async ({ id, blob }: Extract<ToThread, { kind: 'compress' }>) => {
    const stop = new AbortController();
    inHand.set(id, stop);
    try {
      const onProgress = (doneBytes: number) => tell({ kind: 'progress', id, doneBytes });
      const objects = await open();
      const options = { objects, compressFrame, slots, signal: stop.signal, onProgress };
      tell({ kind: 'done', id, verdict: await compressBlob(blob, options) });
    } catch (error) {
      tell({ kind: 'failed', id, failure: toFailure(error) });
    } finally {
      inHand.delete(id);
    }
  };

  port.on('message', (message: ToThread) => {
    if (message.kind === 'compress') void compress(message);
    else inHand.get(message.id)?.abort(new Error('No longer wanted'));
  });
}

/** The store, opened when it is first asked for, and again after that failed. */
function createOpener({ location, storeOptions, instanceId }: ThreadSettings): () => Promise<ObjectStore> {
  let opening: Promise<ObjectStore> | null = null;
  // The process has marked it before it takes jobs.
  const owner = { instanceId, expectsMark: true, mayMark: false, noteMark: async () => {} };
  return async () => {
    opening ??= openObjectStore(location, { ...storeOptions, owner }).then(({ store }) => store);
    try {
      return await opening;
    } catch (error) {
      opening = null;
      throw error;
    }
  };
}

if (parentPort === null) throw new Error('This runs in a thread of the worker');
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node types it as any; only createCompressionThread starts this
listen(parentPort, workerData as ThreadSettings);
