import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type ContentLocation,
  decodeStored,
  EMPTY_CHECKSUM,
  encodeSeekTable,
  type Frame,
  frameChecksum,
  looksLikeSeekTable,
  plainHeader,
} from '@instashare/backend/content';
import type { BlobRow } from '@instashare/backend/database';
import { StorageError } from '@instashare/backend/errors';
import type { ObjectStore } from '@instashare/backend/storage';
import { collect, freeMemory } from '@instashare/backend/streams';
import { forEachAtOnce } from '../for-each-at-once.ts';
import type { CompressOptions, Verdict } from './compress-blob.ts';
import { DECODED, mismatch } from './digest.ts';
import { isWorthIt } from './plan.ts';

/** One is hashed while others are decoded on the thread pool. */
const DECODED_AT_ONCE = 3;

/** A blob that shares its object with others. */
export type PackedBlob = BlobRow & { readonly objectOffset: number };

export const isPacked = (blob: BlobRow): blob is PackedBlob => blob.objectOffset !== null;

/** What of a blob goes into the new object: one frame, or the bytes as they are where a frame would not pay. */
interface Member {
  readonly blob: PackedBlob;
  readonly encoding: ContentLocation['encoding'];
  readonly stored: Buffer;
}

/** What came of the blobs, by id: a verdict, or why there is none. */
export interface PackOutcome {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly faults: ReadonlyMap<string, unknown>;
}

export interface PackOptions extends Pick<CompressOptions, 'objects' | 'compressFrame' | 'level' | 'signal'> {
  /** Where the new object goes: a key that was never used, and that the sweep removes unless it is kept. */
  readonly targetKey: string;
}

/**
 * Verifies small blobs that share objects, and compresses them into one new object that they share, in the zstd
 * seekable format: each one is a frame of its own, to be read without the others, or stands there as it is where a
 * frame would not pay. Changes no row and no object that is there.
 * They stay where they are when all of it would save nothing. An object that can not be read is the fault of its
 * blobs alone; rejects when the new one can not be written.
 *
 * In memory: the contents of all of them, so they must be few enough for that.
 */
export async function compressPack(blobs: readonly PackedBlob[], options: PackOptions): Promise<PackOutcome> {
  const { objects, signal, targetKey } = options;
  const { verdicts, faults, members, groups } = await encodeAll(blobs, options);
  const { bytes, places } = layOut(members, targetKey);
  const sizeBytes = bytes.length;
  for (const copied of [...groups, ...members.map(({ stored }) => stored)]) freeMemory(copied);
  const contentBytes = members.reduce((sum, { blob }) => sum + blob.sizeBytes, 0);
  if (!isWorthIt(contentBytes, sizeBytes)) {
    for (const { blob } of members) verdicts.set(blob.id, { kind: 'ready', location: blob });
    return { verdicts, faults };
  }
  await objects.put(targetKey, Readable.from([bytes]), { signal, ownsChunks: true });
  await requireReadsBack(objects, places, { sizeBytes, targetKey, signal });
  for (const { blob, location } of places) verdicts.set(blob.id, { kind: 'ready', location });
  return { verdicts, faults };
}

async function encodeAll(blobs: readonly PackedBlob[], options: PackOptions) {
  const verdicts = new Map<string, Verdict>();
  const faults = new Map<string, unknown>();
  const members: Member[] = [];
  /** What was read of each object: the contents of members are parts of it. */
  const groups: Buffer[] = [];
  const inOrder = blobs.toSorted((a, b) => a.objectOffset - b.objectOffset);
  for (const group of Map.groupBy(inOrder, ({ objectKey }) => objectKey).values()) {
    try {
      const good: Promise<Member>[] = [];
      const { bytes, contents } = await readGroup(options, group);
      for (const { blob, content } of contents) {
        const reason = mismatch(blob, { sha256: hash('sha256', content, 'hex'), sizeBytes: content.length });
        if (reason === null) good.push(encode(blob, content, options));
        else verdicts.set(blob.id, { kind: 'failed', reason });
      }
      members.push(...(await Promise.all(good)));
      // Of a group that failed, some may still be at work on it.
      groups.push(bytes);
    } catch (error) {
      options.signal.throwIfAborted();
      for (const { id } of group) faults.set(id, error);
    }
  }
  return { verdicts, faults, members, groups };
}

/** The contents of blobs of one object, read in one go: what lies between them is little. */
async function readGroup({ objects, signal }: PackOptions, group: readonly PackedBlob[]) {
  const offset = Math.min(...group.map(({ objectOffset }) => objectOffset));
  const end = Math.max(...group.map(({ objectOffset, storedBytes }) => objectOffset + storedBytes));
  const [{ objectKey } = { objectKey: '' }] = group;
  const lengthBytes = end - offset;
  const range = lengthBytes === 0 ? null : { offset, lengthBytes, chunkBytes: lengthBytes, signal };
  const bytes = range === null ? Buffer.alloc(0) : await collect(await objects.read(objectKey, range));
  const contents = group.map((blob) => {
    const start = blob.objectOffset - offset;
    return { blob, content: bytes.subarray(start, start + blob.storedBytes) };
  });
  return { bytes, contents };
}

async function encode(
  blob: PackedBlob,
  content: Buffer,
  { compressFrame, level, signal }: PackOptions,
): Promise<Member> {
  signal.throwIfAborted();
  const frame = content.length === 0 ? content : await compressFrame(content, level);
  const pays = content.length > 0 && isWorthIt(content.length, frame.length) && !looksLikeSeekTable(frame);
  return pays ? { blob, encoding: 'zstd', stored: frame } : { blob, encoding: 'identity', stored: content };
}

interface Place {
  readonly blob: PackedBlob;
  readonly location: Extract<Verdict, { kind: 'ready' }>['location'];
}

/** The members one behind the other, with the seek table of all of them. */
function layOut(members: readonly Member[], objectKey: string) {
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

/** Reads the object once, and decodes each blob from where downloads will find it, as they do. */
async function requireReadsBack(
  objects: ObjectStore,
  places: readonly Place[],
  { sizeBytes, targetKey, signal }: { sizeBytes: number; targetKey: string; signal: AbortSignal },
): Promise<void> {
  const range = { lengthBytes: sizeBytes + 1, chunkBytes: sizeBytes + 1, signal };
  const pack = await collect(await objects.read(targetKey, range));
  let isWell = pack.length === sizeBytes;
  await forEachAtOnce(places, DECODED_AT_ONCE, async ({ blob, location }) => {
    const { objectOffset, storedBytes, encoding } = location;
    const start = objectOffset ?? 0;
    const stored = pack.subarray(start, start + storedBytes);
    const content = await decodeStored(stored, { encoding, sizeBytes: blob.sizeBytes });
    const found = { sha256: hash('sha256', content, 'hex'), sizeBytes: content.length };
    isWell &&= mismatch(blob, found) === null;
    if (content !== stored) freeMemory(content, DECODED);
  });
  freeMemory(pack);
  if (!isWell) throw new StorageError('object_damaged', 'What was written does not read back as it was');
}
