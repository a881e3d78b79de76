import type { Readable } from 'node:stream';
import { type ContentLocation, openContent } from '@instashare/backend/content';
import type { BlobRow } from '@instashare/backend/database';
import { isStorageError, StorageError } from '@instashare/backend/errors';
import type { ObjectStat, ObjectStore } from '@instashare/backend/storage';
import { type Digest, digestOf, mismatch } from './digest.ts';
import type { Targets } from './targets.ts';

/** Few trips to the disk. */
const READ_BACK_CHUNK_BYTES = 2 * 1024 * 1024;
/** One is hashed, and the processors have work meanwhile. */
const READ_BACK_FRAMES = 4;

/** Once to write it, and once more when what was written is no good. */
const ATTEMPTS = 2;

/**
 * Writes encoded content to a new object, and reads it back through the same decoder that downloads use.
 *
 * `encode` gives the bytes, and is asked for them again where they have to be written twice; `ownsChunks`: the memory of
 * what it gave may be freed once it is written. `keep` is asked once they are all written; null, and no object, when it
 * says no.
 */
export async function writeEncoded(
  blob: Pick<BlobRow, 'sha256' | 'sizeBytes' | 'userId'>,
  used: { readonly objects: ObjectStore; readonly targets: Targets; readonly signal: AbortSignal },
  options: {
    readonly encode: () => Promise<Readable>;
    readonly ownsChunks: boolean;
    readonly keep: (stored: ObjectStat) => boolean;
  },
): Promise<ContentLocation | null> {
  const { objects, targets, signal } = used;
  const { encode, keep, ownsChunks } = options;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const key = await targets.take(blob);
    const stored = await objects.put(key, await encode(), { ownsChunks, signal, hashed: false });
    const isKept = keep(stored);
    if (isKept) {
      const location = locate(key, blob, stored);
      if (await readsBack(objects, location, { content: blob, signal })) return location;
    }
    await targets.drop(key);
    if (!isKept) return null;
  }
  throw new StorageError('object_damaged', 'What was written does not read back as it was');
}

function locate(key: string, { sizeBytes }: Digest, stored: ObjectStat): ContentLocation {
  return { key, encoding: 'zstd', sizeBytes, storedBytes: stored.sizeBytes };
}

/** Whether the object decodes to exactly the content. */
async function readsBack(
  objects: ObjectStore,
  location: ContentLocation,
  { content, signal }: { readonly content: Digest; readonly signal: AbortSignal },
): Promise<boolean> {
  try {
    const reading = { chunkBytes: READ_BACK_CHUNK_BYTES, framesAtOnce: READ_BACK_FRAMES, signal };
    return mismatch(content, await digestOf(await openContent(objects, location, reading))) === null;
  } catch (error) {
    if (isStorageError(error, 'object_damaged')) return false;
    throw error;
  }
}
