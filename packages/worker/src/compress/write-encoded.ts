import type { Readable } from 'node:stream';
import { type ContentLocation, openContent } from '@instashare/backend/content';
import { isStorageError, StorageError } from '@instashare/backend/errors';
import type { ObjectStat, ObjectStore } from '@instashare/backend/storage';
import { type Digest, digestOf, mismatch } from './digest.ts';

export interface EncodedTarget {
  readonly key: string;
  /** What it must decode to. */
  readonly content: Digest;
}

/** Few trips to the disk. */
const READ_BACK_CHUNK_BYTES = 2 * 1024 * 1024;
/** One is hashed, and the processors have work meanwhile. */
const READ_BACK_FRAMES = 4;

/** Once to write it, and once more when what lay there, or what was written, is no good. */
const ATTEMPTS = 2;

/**
 * Writes encoded content to a new object, and reads it back through the same decoder that downloads use. What
 * a killed attempt left under the key is used when it is good, and written anew when it is not.
 *
 * `encode` gives the bytes, and is asked for them again where they have to be written twice; `ownsChunks`: the memory of
 * what it gave may be freed once it is written. `keep` is asked once they are all written; null, and no object, when it
 * says no.
 */
export async function writeEncoded(
  objects: ObjectStore,
  target: EncodedTarget,
  options: {
    readonly encode: () => Promise<Readable>;
    readonly ownsChunks: boolean;
    readonly keep: (stored: ObjectStat) => boolean;
    readonly signal: AbortSignal;
  },
): Promise<ContentLocation | null> {
  const { encode, keep, ownsChunks, signal } = options;
  const { key, content } = target;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const written = await putUnlessThere(objects, { key, body: await encode() }, { ownsChunks, signal });
    if (written !== null && !keep(written)) {
      await objects.delete(key);
      return null;
    }
    const stored = written ?? (await objects.stat(key));
    if (stored !== null) {
      const location = locate(target, stored);
      if (await readsBack(objects, location, { content, signal })) return location;
    }
    await objects.delete(key);
  }
  throw new StorageError('object_damaged', 'What was written does not read back as it was');
}

/** null when there is an object with this key. */
async function putUnlessThere(
  objects: ObjectStore,
  { key, body }: { readonly key: string; readonly body: Readable },
  options: { readonly ownsChunks: boolean; readonly signal: AbortSignal },
): Promise<ObjectStat | null> {
  try {
    return await objects.put(key, body, { ...options, hashed: false });
  } catch (error) {
    if (isStorageError(error, 'object_exists')) return null;
    throw error;
  }
}

function locate({ key, content }: EncodedTarget, stored: ObjectStat): ContentLocation {
  return { key, encoding: 'zstd', sizeBytes: content.sizeBytes, storedBytes: stored.sizeBytes };
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
