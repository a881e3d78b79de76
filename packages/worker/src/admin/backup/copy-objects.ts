import type { NamedObject } from '@instashare/backend/database';
import { isStorageError } from '@instashare/backend/errors';
import type { ObjectStore } from '@instashare/backend/storage';
import { forEachAtOnce } from '../../jobs/for-each-at-once.ts';
import type { CopiedObject } from './backup-folder.ts';

const AT_ONCE = 4;

export interface CopyTally {
  copied: number;
  copiedBytes: number;
  /** There already, with the right size. */
  kept: number;
  objectBytes: number;
  missing: number;
}

export interface CopyOptions {
  readonly from: Pick<ObjectStore, 'read' | 'stat'>;
  readonly to: Pick<ObjectStore, 'delete' | 'put' | 'stat'>;
  readonly tally: CopyTally;
  readonly signal: AbortSignal;
  /** Told of an object that is not there, or has not the size that its contents need. */
  readonly onMissing: (key: string) => Promise<void>;
}

/** Copies objects that are not there yet, and gives those that are there then, as lines of JSON in the same order. */
export async function* copyObjects(
  pieces: AsyncIterable<readonly NamedObject[]>,
  options: CopyOptions,
): AsyncGenerator<readonly string[]> {
  for await (const piece of pieces) {
    const copied = new Map<string, CopiedObject>();
    await forEachAtOnce(piece, AT_ONCE, async (object) => {
      options.signal.throwIfAborted();
      const sizeBytes = await copyObject(object, options);
      if (sizeBytes !== null) copied.set(object.key, { key: object.key, sizeBytes });
      else if (object.isWell) await options.onMissing(object.key);
    });
    yield piece.flatMap(({ key }) => {
      const object = copied.get(key);
      return object === undefined ? [] : [JSON.stringify(object)];
    });
  }
}

/** Gives its size; null when it is not there, or is too short for what should be in it. */
async function copyObject(
  object: NamedObject,
  { from, to, tally, signal }: CopyOptions,
): Promise<number | null> {
  const { key, isShared, isWell } = object;
  const [source, there] = await Promise.all([from.stat(key), to.stat(key)]);
  const isRight = (sizeBytes: number) =>
    !isWell || (isShared ? sizeBytes >= object.sizeBytes : sizeBytes === object.sizeBytes);
  if (source === null || !isRight(source.sizeBytes)) return null;
  if (there?.sizeBytes === source.sizeBytes) {
    tally.kept += 1;
  } else {
    if (there !== null) await to.delete(key);
    const put = await to.put(key, await from.read(key, { signal }), { signal });
    if (put.sizeBytes !== source.sizeBytes) throw new Error('an object changed while it was read');
    tally.copied += 1;
    tally.copiedBytes += put.sizeBytes;
  }
  tally.objectBytes += source.sizeBytes;
  return source.sizeBytes;
}

/** Copies one object, which must be there; fine when it is at its place already. */
export async function putCopy(
  { key, sizeBytes }: CopiedObject,
  { from, to, signal }: Pick<CopyOptions, 'from' | 'to' | 'signal'>,
): Promise<boolean> {
  if ((await to.stat(key))?.sizeBytes === sizeBytes) return false;
  try {
    await to.put(key, await from.read(key, { signal }), { signal });
    return true;
  } catch (error) {
    // Somebody else restores the same: theirs is whole as well.
    if (isStorageError(error, 'object_exists')) return false;
    throw error;
  }
}
