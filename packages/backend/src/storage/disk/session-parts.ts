import { createHash, type Hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { errors } from '../../errors/index.ts';
import type { UploadSessionStatus } from '../object-store.ts';
import { type BoundedMap, createBoundedMap } from './bounded-map.ts';
import type { DiskContext } from './disk-context.ts';
import { type ObjectPaths, objectPaths } from './object-paths.ts';
import { createPartFiles, type PartFile } from './part-file.ts';
import { hasCode, orIfMissing } from './translate-error.ts';

export interface SessionTarget {
  readonly key: string;
  readonly sizeBytes: number;
}

export interface AppendRequest extends SessionTarget {
  readonly offset: number;
  readonly ownsChunks?: boolean;
}

/** The SHA-256 of the first `bytes` bytes of a session. */
interface Progress {
  readonly hash: Hash;
  readonly bytes: number;
}

/** Sessions whose running hash is kept; one that is forgotten ends with an unknown hash, nothing worse. */
const MAX_KNOWN_SESSIONS = 10_000;

/** The files of sessions. Nothing here keeps two from writing to one file: see `SingleWriter`. */
export function createSessionParts(context: DiskContext) {
  const progress = createBoundedMap<Progress>(MAX_KNOWN_SESSIONS);
  const files = createPartFiles();
  const pathsOf = (key: string) => objectPaths(context.root, key);

  const finish = async (target: SessionTarget, part: PartFile): Promise<UploadSessionStatus> => {
    const { key, sizeBytes } = target;
    const hash = hashUpTo(progress, key, sizeBytes);
    await part.sync();
    if (await publish(context, pathsOf(key))) {
      if (hash !== null) context.digests.set(key, hash.digest('hex'));
    }
    progress.delete(key);
    return { state: 'finished', sizeBytes };
  };

  return {
    /** The contract is `UploadReceiver.receive`'s; null when there is no such file. */
    append: (request: AppendRequest, body: Readable, signal: AbortSignal) =>
      files.use(pathsOf(request.key), async (part): Promise<UploadSessionStatus> => {
        const { key, sizeBytes, offset } = request;
        const { handle, receivedBytes } = part;
        const startsOver = offset === 0 && receivedBytes > 0;
        // It is the object by now (a crash came before it lost its other name), or another process may be about to make
        // it that: to write here would change the object. Before all is there, its other name is of a snapshot.
        const isWhole = receivedBytes === sizeBytes;
        const isObject = isWhole && (startsOver || (await handle.stat()).nlink > 1);
        if (isObject) return finish(request, part).then(refuseFinished);
        if (offset !== 0 && offset !== receivedBytes)
          throw errors.uploadOffsetMismatch(receivedBytes, offset);
        await context.room.require(sizeBytes - receivedBytes);
        if (startsOver) {
          await handle.truncate(0);
          progress.delete(key);
        }
        const hash = hashUpTo(progress, key, offset);
        const position = { position: offset, maxBytes: sizeBytes - offset };
        const { ownsChunks = false } = request;
        const target = { ...position, hash, room: context.room, ownsChunks, signal };
        const bytes = offset + (await part.write(body, target));
        if (hash !== null) progress.set(key, { hash, bytes });
        return bytes === sizeBytes ? finish(request, part) : { state: 'open', receivedBytes: bytes };
      }),

    /** Where the session stands, finishing it when only that was left to do; null when there is no such file. */
    settle: (target: SessionTarget) =>
      files.use(pathsOf(target.key), async (part): Promise<UploadSessionStatus> => {
        if (part.receivedBytes === target.sizeBytes) return finish(target, part);
        await part.sync();
        return { state: 'open', receivedBytes: part.receivedBytes };
      }),

    async remove(key: string): Promise<void> {
      await context.folders.remove(pathsOf(key), [pathsOf(key).part]);
      progress.delete(key);
    },
  };
}

const refuseFinished = (): never => {
  throw errors.uploadFinished('received');
};

/** A hash to go on with after the first `bytes` bytes; null when this process did not see all of them. */
function hashUpTo(progress: BoundedMap<Progress>, key: string, bytes: number): Hash | null {
  if (bytes === 0) return createHash('sha256');
  const known = progress.get(key);
  return known?.bytes === bytes ? known.hash.copy() : null;
}

/** Gives the whole part the object's name. False when the object stood already. */
async function publish(context: DiskContext, paths: ObjectPaths): Promise<boolean> {
  try {
    await context.folders.publish(paths.part, paths);
    return true;
  } catch (error) {
    // A crash came right after the object got its name: only the part is left over.
    if (hasCode(error, 'EEXIST')) await context.folders.remove(paths, [paths.part]);
    // Another process was quicker.
    else if (hasCode(error, 'ENOENT') && (await fileSize(paths.object)) !== null)
      await context.folders.settle(paths);
    else throw error;
    return false;
  }
}

/** Size of a file in bytes; null when it is not there. */
export async function fileSize(path: string): Promise<number | null> {
  return (await orIfMissing(stat(path), null))?.size ?? null;
}
