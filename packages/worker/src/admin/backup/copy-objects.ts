import type { NamedObject } from '@instashare/backend/database';
import { isStorageError } from '@instashare/backend/errors';
import type { ObjectStat, ObjectStore } from '@instashare/backend/storage';
import { forEachAtOnce } from '../../for-each-at-once.ts';
import { type ReadFault, requireReadFault } from '../read-fault.ts';
import type { CopiedObject } from './backup-folder.ts';

const AT_ONCE = 4;

export interface CopyTally {
  copied: number;
  copiedBytes: number;
  /** There already. */
  kept: number;
  objectBytes: number;
}

interface Places {
  readonly from: Pick<ObjectStore, 'check' | 'read' | 'stat'>;
  readonly to: Pick<ObjectStore, 'delete' | 'put' | 'stat'>;
  readonly signal: AbortSignal;
}

export interface CopyOptions extends Places {
  readonly tally: CopyTally;
  /** Told of an object that can't be had from the store as its contents need it; the backup may have it from before. */
  readonly onFault: (object: NamedObject, fault: ReadFault & { readonly isInBackup: boolean }) => void;
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
    });
    yield piece.flatMap(({ key }) => {
      const object = copied.get(key);
      return object === undefined ? [] : [JSON.stringify(object)];
    });
  }
}

/** Gives the size of the copy; null when there is none, or none that has what should be in it. */
async function copyObject(object: NamedObject, options: CopyOptions): Promise<number | null> {
  const { key, isWell } = object;
  const { onFault, tally, to } = options;
  const there = await to.stat(key);
  const { source, ...found } = await inspectSource(object, options);
  // A copy goes only for a source that has what the contents need: it may be all that is left of them.
  if (there !== null && (fits(object, there) || (!isWell && found.fault !== null))) {
    if (found.fault !== null) onFault(object, { ...found.fault, isInBackup: true });
    tally.kept += 1;
    tally.objectBytes += there.sizeBytes;
    return there.sizeBytes;
  }
  // What has failed is copied as it is.
  const isWanted = source !== null && (found.fault === null || !isWell);
  const fault = isWanted ? await copyAnew({ key, sizeBytes: source.sizeBytes }, options) : found.fault;
  if (fault !== null || source === null) {
    if (fault !== null) onFault(object, { ...fault, isInBackup: false });
    return null;
  }
  tally.copied += 1;
  tally.copiedBytes += source.sizeBytes;
  tally.objectBytes += source.sizeBytes;
  return source.sizeBytes;
}

const fits = ({ isShared, sizeBytes }: NamedObject, stat: ObjectStat): boolean =>
  isShared ? stat.sizeBytes >= sizeBytes : stat.sizeBytes === sizeBytes;

async function inspectSource(
  object: NamedObject,
  { from, signal }: Places,
): Promise<{ readonly source: ObjectStat | null; readonly fault: ReadFault | null }> {
  try {
    const source = await from.stat(object.key);
    if (source === null) return { source, fault: { kind: 'missing', reason: 'Missing in the store' } };
    if (fits(object, source)) return { source, fault: null };
    const reason = `The store has ${source.sizeBytes} bytes of it, where its contents need ${object.sizeBytes}`;
    return { source, fault: { kind: 'damaged', reason } };
  } catch (error) {
    return { source: null, fault: await requireReadFault(error, from, signal) };
  }
}

/** Copies an object in the place of the copy that is there, if there is one; gives what is wrong with the source, or null. */
export async function copyAnew({ key, sizeBytes }: CopiedObject, places: Places): Promise<ReadFault | null> {
  const { to } = places;
  const outcome = await transfer(key, places, () => to.delete(key));
  if ('kind' in outcome || outcome.sizeBytes === sizeBytes) return 'kind' in outcome ? outcome : null;
  await to.delete(key);
  return { kind: 'damaged', reason: `Only ${outcome.sizeBytes} of its ${sizeBytes} bytes could be read` };
}

/** Copies one object where it is not yet; gives what is wrong with the source. */
export async function putCopy(
  { key, sizeBytes }: CopiedObject,
  places: Places,
): Promise<ReadFault | 'copied' | 'there'> {
  if ((await places.to.stat(key))?.sizeBytes === sizeBytes) return 'there';
  try {
    const outcome = await transfer(key, places);
    return 'kind' in outcome ? outcome : 'copied';
  } catch (error) {
    // Somebody else restores the same: theirs is whole as well.
    if (isStorageError(error, 'object_exists')) return 'there';
    throw error;
  }
}

/** Gives what was put, or why the source can't be read; rejects when it can't be written. */
async function transfer(
  key: string,
  { from, to, signal }: Places,
  beforePut: () => Promise<void> = async () => {},
): Promise<ObjectStat | ReadFault> {
  let failure: unknown = null;
  try {
    const body = await from.read(key, { signal }).catch((error: unknown) => {
      failure = error;
      throw error;
    });
    body.once('error', (error) => {
      failure = error;
    });
    await beforePut();
    return await to.put(key, body, { signal });
  } catch (error) {
    // Where to it goes has failed, and not where it comes from.
    if (failure === null) throw error;
    return requireReadFault(failure, from, signal);
  }
}
