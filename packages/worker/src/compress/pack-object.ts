import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type ContentLocation,
  decodeStored,
  EMPTY_CHECKSUM,
  encodeSeekTable,
  type Frame,
  frameChecksum,
  plainHeader,
} from '@instashare/backend/content';
import type { BlobRow } from '@instashare/backend/database';
import { StorageError } from '@instashare/backend/errors';
import type { ObjectStore } from '@instashare/backend/storage';
import { collect, freeMemory } from '@instashare/backend/streams';
import { forEachAtOnce } from '../for-each-at-once.ts';
import type { Verdict } from './compress-blob.ts';
import { DECODED, mismatch } from './digest.ts';

/** One is hashed while others are decoded on the thread pool. */
const DECODED_AT_ONCE = 3;

/** A blob that shares its object with others. */
export type PackedBlob = BlobRow & { readonly objectOffset: number };

export const isPacked = (blob: BlobRow): blob is PackedBlob => blob.objectOffset !== null;

/** What of a blob goes into the new object: one frame, or the bytes as they are where a frame would not pay. */
export interface Member {
  readonly blob: PackedBlob;
  readonly encoding: ContentLocation['encoding'];
  readonly stored: Buffer;
}

/** The stored bytes of blobs of one object, read in one go with whatever lies between them. */
export async function readGroup(
  { objects, signal }: { readonly objects: Pick<ObjectStore, 'read'>; readonly signal: AbortSignal },
  group: readonly PackedBlob[],
) {
  const offset = Math.min(...group.map(({ objectOffset }) => objectOffset));
  const end = Math.max(...group.map(({ objectOffset, storedBytes }) => objectOffset + storedBytes));
  const [{ objectKey } = { objectKey: '' }] = group;
  const lengthBytes = end - offset;
  const range = lengthBytes === 0 ? null : { offset, lengthBytes, chunkBytes: lengthBytes, signal };
  const bytes = range === null ? Buffer.alloc(0) : await collect(await objects.read(objectKey, range));
  const parts = group.map((blob) => {
    const start = blob.objectOffset - offset;
    return { blob, stored: bytes.subarray(start, start + blob.storedBytes) };
  });
  return { bytes, parts };
}

/** Where a blob is to be found from the switch on. */
export interface Place {
  readonly blob: PackedBlob;
  readonly location: Extract<Verdict, { kind: 'ready' }>['location'];
}

/** The members one behind the other, with the seek table of all of them. */
export function layOut(members: readonly Member[], objectKey: string) {
  const parts: Buffer[] = [];
  const frames: Frame[] = [];
  let position = 0;
  const places = members.map(({ blob, encoding, stored }): Place => {
    const header = encoding === 'zstd' ? Buffer.alloc(0) : plainHeader(stored.length);
    const storedBytes = header.length + stored.length;
    const location = {
      objectKey,
      objectOffset: position + header.length,
      encoding,
      storedBytes: stored.length,
    };
    parts.push(header, stored);
    frames.push(
      encoding === 'zstd'
        ? { storedBytes, contentBytes: blob.sizeBytes, ...frameChecksum(stored) }
        : { storedBytes, contentBytes: 0, checksum: EMPTY_CHECKSUM },
    );
    position += storedBytes;
    return { blob, location };
  });
  return { bytes: Buffer.concat([...parts, encodeSeekTable(frames)]), places };
}

/** An object as it is to be written. */
export type Pack = ReturnType<typeof layOut>;

export interface WriteOptions {
  readonly objects: Pick<ObjectStore, 'put' | 'read'>;
  /** Where it goes: a key that was never used, and that the sweep removes unless it is kept. */
  readonly targetKey: string;
  readonly signal: AbortSignal;
}

/** Writes the object, and reads it back. Rejects when it can't be written, or is not what it should be. */
export async function writePack({ bytes, places }: Pack, options: WriteOptions): Promise<void> {
  const sizeBytes = bytes.length;
  const { objects, targetKey, signal } = options;
  await objects.put(targetKey, Readable.from([bytes]), { signal, ownsChunks: true });
  await requireReadsBack(places, { ...options, sizeBytes });
}

/** Reads the object once, and decodes each blob from where downloads will find it, as they do. */
async function requireReadsBack(
  places: readonly Place[],
  { objects, sizeBytes, targetKey, signal }: WriteOptions & { readonly sizeBytes: number },
): Promise<void> {
  const range = { lengthBytes: sizeBytes + 1, chunkBytes: sizeBytes + 1, signal };
  const pack = await collect(await objects.read(targetKey, range));
  let isWell = pack.length === sizeBytes;
  await forEachAtOnce(places, DECODED_AT_ONCE, async ({ blob, location }) => {
    const { objectOffset, storedBytes, encoding } = location;
    const start = objectOffset ?? 0;
    const isSoundOne = await isSound({ blob, encoding, stored: pack.subarray(start, start + storedBytes) });
    isWell &&= isSoundOne;
  });
  freeMemory(pack);
  if (!isWell) throw new StorageError('object_damaged', 'What was written does not read back as it was');
}

/** Whether these bytes are the content of their blob. Rejects with `object_damaged` when they can't be decoded. */
export async function isSound({ blob, encoding, stored }: Member): Promise<boolean> {
  const content = await decodeStored(stored, { encoding, sizeBytes: blob.sizeBytes });
  const found = { sha256: hash('sha256', content, 'hex'), sizeBytes: content.length };
  if (content !== stored) freeMemory(content, DECODED);
  return mismatch(blob, found) === null;
}
