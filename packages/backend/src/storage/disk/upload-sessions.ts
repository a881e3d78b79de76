import { close, open } from 'node:fs';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { AppError, errors } from '../../errors/index.ts';
import type { UploadSessionStatus } from '../object-store.ts';
import type { DiskContext } from './disk-context.ts';
import { durableObjectSize } from './durable-object-size.ts';
import { type ObjectPaths, objectPaths } from './object-paths.ts';
import { type AppendRequest, createSessionParts, fileSize, type SessionTarget } from './session-parts.ts';
import { createSingleWriter } from './single-writer.ts';
import { hasCode, translateError } from './translate-error.ts';

/** Upload sessions: each is a `.part` file beside the object that it becomes. */
export type UploadSessions = ReturnType<typeof createUploadSessions>;

const openDescriptor = promisify(open);

export function createUploadSessions(context: DiskContext) {
  const writers = createSingleWriter();
  const parts = createSessionParts(context);
  const pathsOf = (key: string) => objectPaths(context.root, key);

  return {
    /** Refuses at once what the disk has no room for. */
    async open({ key, sizeBytes }: SessionTarget): Promise<void> {
      const paths = pathsOf(key);
      await context.room.require(sizeBytes);
      const part = await context.folders.within(paths, () => openDescriptor(paths.part, 'wx', 0o600));
      // Not waited for: nothing was written to it that could fail.
      close(part, () => {});
    },

    /** The contract is `UploadReceiver.receive`'s. */
    async append(request: AppendRequest, body: Readable, signal: AbortSignal): Promise<UploadSessionStatus> {
      const { key } = request;
      const status = await writers.takeOver(key, (takenOver) =>
        parts.append(request, body, AbortSignal.any([signal, takenOver])),
      );
      return status ?? refuse(pathsOf(key));
    },

    /**
     * Where the session stands. `endWriter`: who asks has stopped sending, so that a request that still
     * seems to send is a dead connection. Otherwise a session that is being written to is not disturbed.
     */
    async status(
      target: SessionTarget,
      { endWriter }: { readonly endWriter: boolean },
    ): Promise<UploadSessionStatus> {
      const paths = pathsOf(target.key);
      if (writers.isBusy(target.key) && !endWriter) {
        const receivedBytes = await fileSize(paths.part);
        return receivedBytes === null
          ? finishedOrGone(context, target.key)
          : { state: 'open', receivedBytes };
      }
      const status = await writers.takeOver(target.key, () => parts.settle(target));
      return status ?? finishedOrGone(context, target.key);
    },

    /** Ends the session and frees its bytes; a finished object stays. */
    async cancel(key: string): Promise<void> {
      await writers.takeOver(key, () => parts.remove(key));
    },

    [Symbol.asyncDispose]: () => writers[Symbol.asyncDispose](),
  };
}

/** There is no session to append to: says why. */
async function refuse(paths: ObjectPaths): Promise<never> {
  const isFinished = (await fileSize(paths.object)) !== null;
  throw isFinished ? errors.uploadFinished('received') : errors.uploadNotFound();
}

async function finishedOrGone(context: DiskContext, key: string): Promise<UploadSessionStatus> {
  const sizeBytes = await durableObjectSize(context, key);
  return sizeBytes === null ? { state: 'gone' } : { state: 'finished', sizeBytes };
}

/** The same for what comes of `work`, with what went wrong in the words that a client is told. */
export const answered = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw toAppError(error);
  });

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // The session was cancelled while its last bytes came.
  if (hasCode(error, 'ENOENT')) return errors.uploadNotFound();
  const translated = translateError(error);
  return translated.reason === 'storage_full'
    ? errors.storageFull(error)
    : errors.unavailable('The object store', error);
}
