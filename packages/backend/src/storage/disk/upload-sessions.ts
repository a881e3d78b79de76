import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { AppError, errors } from '../../errors/index.ts';
import type { UploadSessionStatus } from '../object-store.ts';
import { ALONE, type WriterLocks } from '../writer-locks.ts';
import type { DiskContext } from './disk-context.ts';
import { durableObjectSize } from './durable-object-size.ts';
import { type ObjectPaths, objectPaths } from './object-paths.ts';
import { createSessionParts, fileSize, type SessionTarget } from './session-parts.ts';
import { createSingleWriter } from './single-writer.ts';
import { hasCode, translateError } from './translate-error.ts';

export interface AppendRequest extends SessionTarget {
  readonly offset: number;
}

/** Upload sessions: each is a `.part` file beside the object that it becomes. */
export type UploadSessions = ReturnType<typeof createUploadSessions>;

export function createUploadSessions(context: DiskContext, locks: WriterLocks = ALONE) {
  const writers = createSingleWriter(locks);
  const parts = createSessionParts(context);
  const pathsOf = (key: string) => objectPaths(context.root, key);

  return {
    /** Refuses at once what the disk has no room for. */
    async open({ key, sizeBytes }: SessionTarget): Promise<void> {
      const paths = pathsOf(key);
      await context.room.require(sizeBytes);
      const part = await context.folders.within(paths, () => open(paths.part, 'wx', 0o600));
      await part.close();
    },

    /** The contract is `UploadReceiver.receive`'s. */
    async append(request: AppendRequest, body: Readable, signal: AbortSignal): Promise<UploadSessionStatus> {
      const { key } = request;
      try {
        const status = await writers.takeOver(key, (turn) =>
          parts.append(request, body, { ...turn, signal: AbortSignal.any([signal, turn.signal]) }),
        );
        return status ?? (await refuse(pathsOf(key)));
      } catch (error) {
        throw toAppError(error);
      }
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
      const look = async (): Promise<UploadSessionStatus | null> => {
        const receivedBytes = await fileSize(paths.part);
        return receivedBytes === null ? null : { state: 'open', receivedBytes };
      };
      const settle = () => parts.settle(target);
      const status = await (endWriter
        ? writers.takeOver(target.key, settle)
        : writers.unlessBusy(target.key, { work: settle, ifBusy: look }));
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

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // The session was cancelled while its last bytes came.
  if (hasCode(error, 'ENOENT')) return errors.uploadNotFound();
  const translated = translateError(error);
  return translated.reason === 'storage_full'
    ? errors.storageFull(error)
    : errors.unavailable('The object store', error);
}
