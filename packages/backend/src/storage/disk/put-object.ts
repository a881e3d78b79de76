import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { StorageError } from '../../errors/index.ts';
import type { ObjectStat, PutOptions } from '../object-store.ts';
import { type AppendOutcome, appendBody } from './append-body.ts';
import type { DiskContext } from './disk-context.ts';
import type { IncomingFile, IncomingFiles } from './incoming-files.ts';
import { objectPaths } from './object-paths.ts';
import { orIfMissing, translateError } from './translate-error.ts';

/** `ObjectStore.put` on disk: written aside, synced, then given its name. */
export async function putObject(
  context: DiskContext & { readonly incoming: IncomingFiles },
  object: { readonly key: string; readonly body: Readable },
  options: PutOptions,
): Promise<ObjectStat> {
  const { key, body } = object;
  try {
    const paths = objectPaths(context.root, key);
    await context.room.require(0);
    const file = await context.incoming.create();
    try {
      const written = await writeWhole(file, body, { ...options, room: context.room });
      await context.folders.publish(file.path, paths);
      if (written.sha256 !== null) context.digests.set(key, written.sha256);
      return written;
    } catch (error) {
      await orIfMissing(unlink(file.path), null);
      throw error;
    }
  } catch (error) {
    body.destroy();
    if (error instanceof BodyFailure) throw error.cause;
    throw translateError(error);
  }
}

/** The body's own failure is the caller's to understand: it goes through as it is. */
class BodyFailure extends Error {}

async function writeWhole(
  file: IncomingFile,
  body: Readable,
  options: PutOptions & Pick<DiskContext, 'room'>,
) {
  const { maxBytes = Number.MAX_SAFE_INTEGER, ownsChunks = false, hashed = true, room, signal } = options;
  const hash = hashed ? createHash('sha256') : null;
  try {
    const { handle } = file;
    const outcome: AppendOutcome = await appendBody(body, {
      handle,
      position: 0,
      maxBytes,
      hash,
      room,
      ownsChunks,
      signal,
    });
    if (outcome.ended === 'overrun') {
      throw new StorageError('object_too_large', `The object has more than ${maxBytes} bytes`);
    }
    if (outcome.ended === 'unsynced') throw outcome.cause;
    if (outcome.ended === 'broken') {
      const cause: unknown = signal?.aborted === true ? signal.reason : outcome.cause;
      throw new BodyFailure('The body broke off', { cause });
    }
    await handle.datasync();
    return { sizeBytes: outcome.bytes, sha256: hash?.digest('hex') ?? null };
  } finally {
    await file.handle.close();
  }
}
