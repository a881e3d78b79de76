import { addAbortSignal, Readable } from 'node:stream';
import { isStorageError, StorageError } from '../errors/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import { toReadable } from '../streams/index.ts';
import { type ContentLocation, openEncoded, type Reading, type Span } from './open-encoded.ts';

export type { ContentLocation } from './open-encoded.ts';

export interface OpenContentOptions {
  /** First byte of the content, from 0. */
  readonly offset?: number;
  /** How many bytes at most; to the end when left out. */
  readonly lengthBytes?: number;
  /** How many of the stored bytes should be read at a time. */
  readonly chunkBytes?: number | undefined;
  /** How many frames are decoded at once, and held with what they decode to; few when left out. */
  readonly framesAtOnce?: number | undefined;
  readonly signal?: AbortSignal;
  /**
   * Where the content is now, or null when it is gone for good. Asked once, when the object is missing: the
   * worker may have put the content elsewhere since the location was looked up. Reading goes on there at the
   * same byte.
   */
  readonly relocate?: () => Promise<ContentLocation | null>;
}

/**
 * Bytes `[offset, offset + lengthBytes)` of the content at `location`, decoded, in bounded memory however large
 * it is. Rejects before the first byte with `object_missing` or `object_damaged`; the stream may fail with
 * them too, and always does rather than end early or give a byte more than the content has.
 *
 * The caller owns the stream and must consume or destroy it; destroying it frees everything at once.
 */
export async function openContent(
  store: Pick<ObjectStore, 'read'>,
  location: ContentLocation,
  options: OpenContentOptions = {},
): Promise<Readable> {
  const { offset = 0, lengthBytes = location.sizeBytes, chunkBytes, framesAtOnce, signal } = options;
  signal?.throwIfAborted();
  const end = Math.min(offset + lengthBytes, location.sizeBytes);
  if (offset >= end) return Readable.from([]);

  const closing = new AbortController();
  const ending = signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
  const opener = createOpener(store, location, {
    relocate: options.relocate,
    reading: { chunkBytes, framesAtOnce, signal: ending },
  });
  const first = await opener.open({ offset, end });
  const readable = toReadable(goOn(first, { offset, end }, opener), (error) =>
    closing.abort(error ?? new Error('The reader went away')),
  );
  return signal === undefined ? readable : addAbortSignal(signal, readable);
}

interface Opener {
  open(span: Span): Promise<AsyncIterable<Buffer>>;
  /** The span at another place, after `error` said that the object is gone; rejects with it otherwise. */
  reopen(error: unknown, span: Span): Promise<AsyncIterable<Buffer>>;
}

function createOpener(
  store: Pick<ObjectStore, 'read'>,
  first: ContentLocation,
  { relocate, reading }: { readonly relocate: OpenContentOptions['relocate']; readonly reading: Reading },
): Opener {
  let location = first;
  let mayAsk = true;
  const opener: Opener = {
    async open(span) {
      try {
        return await openEncoded(store, location, { ...span, ...reading });
      } catch (error) {
        return opener.reopen(error, span);
      }
    },
    async reopen(error, span) {
      if (!isStorageError(error, 'object_missing') || relocate === undefined || !mayAsk) throw error;
      mayAsk = false;
      const now = await relocate();
      if (now === null || now.sizeBytes !== location.sizeBytes) throw error;
      location = now;
      return openEncoded(store, location, { ...span, ...reading });
    },
  };
  return opener;
}

/** The whole span: what `first` gives, and when its object goes away meanwhile the rest from elsewhere. */
async function* goOn(
  first: AsyncIterable<Buffer>,
  { offset, end }: Span,
  opener: Opener,
): AsyncGenerator<Buffer> {
  let position = offset;
  let chunks: AsyncIterable<Buffer> | null = first;
  while (chunks !== null) {
    let next: AsyncIterable<Buffer> | null = null;
    try {
      for await (const chunk of chunks) {
        position += chunk.length;
        yield chunk;
      }
    } catch (error) {
      next = await opener.reopen(error, { offset: position, end });
    }
    chunks = next;
  }
  if (position !== end) throw new StorageError('object_damaged', 'The object ends too early');
}
