import { Readable } from 'node:stream';
import type { Encoding } from '@instashare/contracts';
import { StorageError } from '../errors/index.ts';
import type { ObjectStore, ReadOptions } from '../storage/index.ts';
import { collect } from '../streams/index.ts';
import { decodeFrames } from './decode-frames.ts';
import { type Frame, MAX_FRAME_CONTENT_BYTES, parseSeekTable, seekTableLength } from './seek-table.ts';
import { selectFrames } from './select-frames.ts';

/** Where a blob's bytes are, and how they are encoded there. */
export interface ContentLocation {
  readonly key: string;
  /** Where in the object the stored bytes begin; left out or null: they are all of it. */
  readonly objectOffset?: number | null;
  readonly encoding: Encoding;
  /** Bytes of the content. */
  readonly sizeBytes: number;
  /** Bytes it takes in the object. */
  readonly storedBytes: number;
}

/** Bytes `[offset, end)` of the content, at least one. */
export interface Span {
  readonly offset: number;
  readonly end: number;
}

/** How the stored bytes are read and decoded. */
export interface Reading extends Pick<ReadOptions, 'chunkBytes'> {
  readonly framesAtOnce?: number | undefined;
  readonly signal: AbortSignal;
}

/** Reads of the stored bytes. */
type ReadStored = (offset: number, bytes: number) => Promise<Readable>;

/** An object of up to this size is read in one go, whatever part of it is wanted. */
const ONE_READ_BYTES = 512 * 1024;
/** What is read first of the end: the seek table, had every frame no more content than this; usually more than it. */
const GUESSED_FRAME_BYTES = 64 * 1024;
const SEEK_ENTRY_BYTES = 12;
const SEEK_REST_BYTES = 17;
/** Holds the seek table of 16 GiB of content in frames of 2 MiB; a longer one is read again, whole. */
const TAIL_BYTES = 97 * 1024;

/**
 * Opens a part of the content at `location`. What it gives ends early when the object does. Rejects with
 * `object_missing` or `object_damaged`, and so may what it gives; aborting ends both.
 */
export async function openEncoded(
  store: Pick<ObjectStore, 'read'>,
  location: ContentLocation,
  { offset, end, framesAtOnce, ...reading }: Span & Reading,
): Promise<AsyncIterable<Buffer>> {
  const { key, objectOffset, encoding } = location;
  const start = objectOffset ?? 0;
  const read: ReadStored = (from, bytes) =>
    store.read(key, { offset: start + from, lengthBytes: bytes, ...reading });
  return encoding === 'identity'
    ? read(offset, end - offset)
    : openFrames(read, location, { offset, end, framesAtOnce });
}

async function openFrames(
  read: ReadStored,
  location: ContentLocation,
  span: Span & Pick<Reading, 'framesAtOnce'>,
): Promise<AsyncIterable<Buffer>> {
  const { storedBytes, sizeBytes } = location;
  const entries = Math.ceil(sizeBytes / GUESSED_FRAME_BYTES);
  const tailBytes = Math.min(entries * SEEK_ENTRY_BYTES + SEEK_REST_BYTES, TAIL_BYTES);
  const tail = await readWhole(read, storedBytes, storedBytes <= ONE_READ_BYTES ? storedBytes : tailBytes);
  const selection = selectFrames(await framesOf(read, location, tail), span.offset, span.end);
  const { storedOffset, contentOffset, frames } = selection;
  const source =
    tail.length === storedBytes
      ? Readable.from([tail.subarray(storedOffset, storedOffset + selection.storedBytes)])
      : await read(storedOffset, selection.storedBytes);
  return trim(
    decodeFrames(source, frames, span.framesAtOnce),
    span.offset - contentOffset,
    span.end - span.offset,
  );
}

async function framesOf(read: ReadStored, location: ContentLocation, tail: Buffer): Promise<Frame[]> {
  const { storedBytes, sizeBytes } = location;
  const tableBytes = seekTableLength(tail);
  if (tableBytes === null) {
    if (sizeBytes > MAX_FRAME_CONTENT_BYTES) {
      throw new StorageError('object_damaged', 'The object has lost its seek table');
    }
    return [{ storedBytes, contentBytes: sizeBytes }];
  }
  if (tableBytes > storedBytes) {
    throw new StorageError('object_damaged', 'The seek table is larger than the object');
  }
  const table =
    tableBytes <= tail.length ? tail.subarray(-tableBytes) : await readWhole(read, storedBytes, tableBytes);
  return parseSeekTable(table, { storedBytes, contentBytes: sizeBytes });
}

/** The last `bytes` bytes of the object. */
async function readWhole(read: ReadStored, storedBytes: number, bytes: number): Promise<Buffer> {
  const whole = await collect(await read(storedBytes - bytes, bytes));
  if (whole.length !== bytes) throw new StorageError('object_damaged', 'The object ends too early');
  return whole;
}

/** Leaves out the first `skip` bytes and whatever comes after `length` more. */
async function* trim(chunks: AsyncIterable<Buffer>, skip: number, length: number): AsyncGenerator<Buffer> {
  let start = skip;
  let left = length;
  for await (const chunk of chunks) {
    const wanted = chunk.subarray(start, start + left);
    start = 0;
    left -= wanted.length;
    if (wanted.length > 0) yield wanted;
  }
}
