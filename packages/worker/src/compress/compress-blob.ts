import { Readable } from 'node:stream';
import { type ContentLocation, looksLikeSeekTable } from '@instashare/backend/content';
import type { BlobRow } from '@instashare/backend/database';
import type { ObjectStore } from '@instashare/backend/storage';
import { collect, toReadable } from '@instashare/backend/streams';
import type { Encoding } from '@instashare/contracts';
import type { CompressFrame } from './compress-frame.ts';
import { digestOf, meter, mismatch } from './digest.ts';
import { encodeFrames } from './encode.ts';
import { measureSamples } from './measure-samples.ts';
import { FRAME_BYTES, isWorthIt, planFor } from './plan.ts';
import type { Slots } from './slots.ts';
import type { Targets } from './targets.ts';
import { verifyInPlace } from './verify-in-place.ts';
import { writeEncoded } from './write-encoded.ts';

export interface CompressOptions {
  readonly objects: ObjectStore;
  readonly targets: Targets;
  readonly compressFrame: CompressFrame;
  /** Of the configuration. */
  readonly level: number;
  /** One for each frame in memory, of all that is being compressed. */
  readonly slots: Slots;
  readonly signal: AbortSignal;
  /** Told how much of a large content is compressed. */
  readonly onProgress: (doneBytes: number) => void;
}

/** What came of a blob. Its raw object is as it was. */
export type Verdict =
  /** Verified, and to be found at this place. */
  | {
      readonly kind: 'ready';
      readonly location: {
        readonly objectKey: string;
        readonly objectOffset: number | null;
        readonly encoding: Encoding;
        readonly storedBytes: number;
      };
    }
  /** The stored bytes are not what they were declared to be. */
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Verifies a stored blob that has its object to itself and compresses it when that pays: writes a new object,
 * never touches another one, and changes no row. Run twice or killed anywhere, the next run comes to the same.
 * Rejects when the store fails.
 */
export async function compressBlob(blob: BlobRow, options: CompressOptions): Promise<Verdict> {
  const { objects } = options;
  // It was compressed before, failed then (its object was missing, say), and is tried again.
  if (blob.encoding !== 'identity') return verifyInPlace(blob, options);
  const object = { key: blob.objectKey, sizeBytes: blob.sizeBytes };
  const sample = await measureSamples(objects, object, options);
  const plan = planFor({ sizeBytes: blob.sizeBytes, sample }, options);
  switch (plan.encoding) {
    case 'identity':
      return verifyAsItIs(blob, options);
    case 'one-frame':
      return compressWhole(blob, { ...options, level: plan.level });
    case 'seekable':
      return compressInFrames(blob, { ...options, level: plan.level });
  }
}

async function verifyAsItIs(blob: BlobRow, { objects, signal }: CompressOptions): Promise<Verdict> {
  return verdictAsItIs(blob, mismatch(blob, await digestOf(await objects.read(blob.objectKey, { signal }))));
}

function verdictAsItIs(blob: BlobRow, reason: string | null): Verdict {
  if (reason !== null) return { kind: 'failed', reason };
  const { objectKey, sizeBytes } = blob;
  return {
    kind: 'ready',
    location: { objectKey, objectOffset: null, encoding: 'identity', storedBytes: sizeBytes },
  };
}

/** In memory: whether it pays is known before anything is written. */
async function compressWhole(blob: BlobRow, options: CompressOptions): Promise<Verdict> {
  const { objects, compressFrame, level, slots, signal } = options;
  const release = await slots.take();
  try {
    // A byte more than declared tells that there are more, and takes no more memory than was meant for it.
    const read = meter(await objects.read(blob.objectKey, { lengthBytes: blob.sizeBytes + 1, signal }));
    const content = await collect(read.chunks);
    const reason = mismatch(blob, read.digest());
    if (reason !== null) return verdictAsItIs(blob, reason);
    const encoded = await compressFrame(content, level);
    const pays = isWorthIt(blob.sizeBytes, encoded.length) && !looksLikeSeekTable(encoded);
    if (!pays) return verdictAsItIs(blob, null);
    const encode = async () => Readable.from([encoded]);
    // It may have to be written twice.
    const writing = { encode, ownsChunks: false, keep: () => true };
    const location = await writeEncoded(blob, options, writing);
    return verdictAt(blob, location);
  } finally {
    release();
  }
}

async function compressInFrames(blob: BlobRow, options: CompressOptions): Promise<Verdict> {
  const { objects, compressFrame, level, slots, signal, onProgress } = options;
  let reason: string | null = null;
  let read = meter(Readable.from([]));
  const location = await writeEncoded(blob, options, {
    ownsChunks: true,
    async encode() {
      read = meter(await objects.read(blob.objectKey, { chunkBytes: FRAME_BYTES, signal }), onProgress);
      return toReadable(encodeFrames(read.chunks, { frameBytes: FRAME_BYTES, compressFrame, level, slots }));
    },
    keep({ sizeBytes }) {
      reason = mismatch(blob, read.digest());
      return reason === null && isWorthIt(blob.sizeBytes, sizeBytes);
    },
  });
  return location === null ? verdictAsItIs(blob, reason) : verdictAt(blob, location);
}

function verdictAt(blob: BlobRow, location: ContentLocation | null): Verdict {
  if (location === null) return verdictAsItIs(blob, null);
  const { key, encoding, storedBytes } = location;
  return { kind: 'ready', location: { objectKey: key, objectOffset: null, encoding, storedBytes } };
}
