import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { errors } from '../../errors/index.ts';
import type { UploadSessionStatus } from '../object-store.ts';
import { type AppendTarget, appendBody } from './append-body.ts';
import type { DiskContext } from './disk-context.ts';
import { type ObjectPaths, objectPaths } from './object-paths.ts';
import { createSessionHashes } from './session-hashes.ts';
import type { Turn } from './single-writer.ts';
import { hasCode, orIfMissing } from './translate-error.ts';

export interface SessionTarget {
  readonly key: string;
  readonly sizeBytes: number;
}

/** The files of sessions. Nothing here keeps two from writing to one file: see `SingleWriter`. */
export function createSessionParts(context: DiskContext) {
  const hashes = createSessionHashes();
  const pathsOf = (key: string) => objectPaths(context.root, key);

  const finish = async (target: SessionTarget, handle: FileHandle): Promise<UploadSessionStatus> => {
    const { key, sizeBytes } = target;
    const hash = await hashes.upTo(key, handle, sizeBytes);
    await handle.datasync();
    if (await publish(context, pathsOf(key))) {
      if (hash !== null) context.digests.set(key, hash.digest('hex'));
    }
    hashes.forget(key);
    return { state: 'finished', sizeBytes };
  };

  return {
    /** The contract is `UploadReceiver.receive`'s; null when there is no such file. */
    append: (request: SessionTarget & { readonly offset: number }, body: Readable, turn: Turn) =>
      withPart(pathsOf(request.key), async (handle, receivedBytes): Promise<UploadSessionStatus> => {
        const { key, sizeBytes, offset } = request;
        // A crash came right after the part got the object's name too: to write here would change the object.
        if ((await handle.stat()).nlink > 1) return finish(request, handle).then(refuseFinished);
        if (offset !== 0 && offset !== receivedBytes)
          throw errors.uploadOffsetMismatch(receivedBytes, offset);
        await context.room.require(sizeBytes - receivedBytes);
        if (offset < receivedBytes) {
          await handle.truncate(0);
          hashes.forget(key);
        }
        const before = await hashes.upTo(key, handle, offset);
        const hash = before?.copy() ?? null;
        const { room } = context;
        const { signal } = turn;
        const target = { handle, position: offset, maxBytes: sizeBytes - offset, hash, room, signal };
        const appended = await appendOrUndo(body, target).catch(async (error: unknown) => {
          await hashes.note(key, handle, before && { hash: before, bytes: offset });
          throw error;
        });
        const bytes = offset + appended;
        await hashes.note(key, handle, hash !== null && turn.isCertain() ? { hash, bytes } : null);
        return bytes === sizeBytes ? finish(request, handle) : { state: 'open', receivedBytes: bytes };
      }),

    /** Where the session stands, finishing it when only that was left to do; null when there is no such file. */
    settle: (target: SessionTarget) =>
      withPart(pathsOf(target.key), async (handle, receivedBytes): Promise<UploadSessionStatus> => {
        if (receivedBytes === target.sizeBytes) return finish(target, handle);
        await handle.datasync();
        return { state: 'open', receivedBytes };
      }),

    async remove(key: string): Promise<void> {
      await context.folders.remove(pathsOf(key), [pathsOf(key).part]);
      hashes.forget(key);
    },
  };
}

const refuseFinished = (): never => {
  throw errors.uploadFinished('received');
};

async function withPart<T>(
  paths: ObjectPaths,
  work: (handle: FileHandle, receivedBytes: number) => Promise<T>,
): Promise<T | null> {
  const handle = await orIfMissing(open(paths.part, 'r+'), null);
  if (handle === null) return null;
  try {
    return await work(handle, (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

/** Gives the whole part the object's name. False when the object stood already. */
async function publish(context: DiskContext, paths: ObjectPaths): Promise<boolean> {
  try {
    await context.folders.publish(paths.part, paths);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    // A crash came right after the object got its name: only the part is left over.
    await context.folders.remove(paths, [paths.part]);
    return false;
  }
}

/** Appends what comes and gives its length. When it must not stand, the file is as it was before. */
async function appendOrUndo(body: Readable, target: AppendTarget): Promise<number> {
  const { handle, position, maxBytes } = target;
  try {
    const outcome = await appendBody(body, target);
    if (outcome.ended !== 'overrun') return outcome.bytes;
  } catch (error) {
    // Frees what was taken of a full disk. A failure to do so adds nothing to the one at hand.
    await handle.truncate(position).catch(() => {});
    throw error;
  }
  await handle.truncate(position);
  throw errors.sizeMismatch(position + maxBytes, 'more were sent');
}

/** Size of a file in bytes; null when it is not there. */
export async function fileSize(path: string): Promise<number | null> {
  return (await orIfMissing(stat(path), null))?.size ?? null;
}
