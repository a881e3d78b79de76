import { addAbortSignal, type Readable } from 'node:stream';
import { StorageError } from '../../errors/index.ts';
import { toReadable } from '../../streams/index.ts';
import { ownerOf } from '../object-key.ts';
import type { ReadOptions } from '../object-store.ts';
import { translateError } from './failure.ts';
import type { GcsContext } from './gcs-context.ts';
import { type OpenedRange, openRange } from './open-range.ts';
import { backOff, isPassing, retrying } from './retrying.ts';

interface Reading {
  readonly key: string;
  /** The first byte, and the one after the last; open when all that follows is wanted. */
  readonly offset: number;
  readonly end: number;
  readonly signal: AbortSignal;
}

/**
 * `ObjectStore.read`: a ranged request, and when the connection breaks another one from the byte it broke at.
 * Objects never change, so the pieces belong together.
 */
export async function readObject(context: GcsContext, key: string, options: ReadOptions): Promise<Readable> {
  const { offset = 0, lengthBytes = Number.POSITIVE_INFINITY, signal } = options;
  ownerOf(key);
  signal?.throwIfAborted();
  const closing = new AbortController();
  const ending = signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
  const reading = { key, offset, end: offset + lengthBytes, signal: ending };
  const first = await retrying(() => openRange(context, reading), {
    policy: context.retry,
    signal: ending,
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw translateError(error);
  });
  const readable = toReadable(goOn(context, reading, first), (error) =>
    closing.abort(error ?? new Error('The reader went away')),
  );
  // Aborting may fail it before anybody listens, and a failure that nobody hears ends the process.
  return (signal === undefined ? readable : addAbortSignal(signal, readable)).on('error', () => {});
}

async function* goOn(context: GcsContext, reading: Reading, first: OpenedRange): AsyncGenerator<Buffer> {
  const { retry } = context;
  const { signal } = reading;
  let position = reading.offset;
  let failures = 0;
  for (let opened: OpenedRange | null = first; position < first.end; opened = null) {
    try {
      const { chunks } = opened ?? (await openRange(context, { ...reading, offset: position }));
      for await (const chunk of chunks) {
        failures = 0;
        position += chunk.byteLength;
        yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      }
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw translateError(error);
      if (failures + 1 >= retry.attempts) throw translateError(error);
    }
    // An end that comes too early is a broken connection, too.
    if (position < first.end) {
      failures += 1;
      if (failures >= retry.attempts) throw new StorageError('storage_failed', 'The object is cut off');
      await backOff(failures, retry, signal);
    }
  }
  if (position > first.end)
    throw new StorageError('object_damaged', 'There are more bytes than were asked for');
}
