import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { errors } from '../../errors/index.ts';
import { type AppendTarget, appendBody } from './append-body.ts';
import type { ObjectPaths } from './object-paths.ts';
import { orIfMissing } from './translate-error.ts';

/** The part of one session, open. */
export interface PartFile {
  readonly handle: FileHandle;
  /** How many bytes were in it when it was opened. */
  readonly receivedBytes: number;
  /** Appends what comes and gives its length. When it must not stand, the file is as it was before, unless all is there. */
  write(body: Readable, target: Omit<AppendTarget, 'handle'>): Promise<number>;
  sync(): Promise<void>;
}

export interface PartFiles {
  /**
   * Opens a part for `work`; null when it is not there. Rejects while one that a failed sync has left can't be emptied.
   */
  use<T>(paths: ObjectPaths, work: (part: PartFile) => Promise<T>): Promise<T | null>;
}

const identityOf = ({ dev, ino }: Stats) => `${dev}:${ino}`;

/**
 * The system tells only once of a write that did not get to the disk, and a sync that is tried again reports success.
 * So nothing of a part is trusted any more after a failed one: it is emptied, and its client is told that nothing was
 * kept. One that a failing disk does not let us empty is remembered until it does.
 */
export function createPartFiles(): PartFiles {
  const untrusted = new Set<string>();

  /** Not when it is the object as well: then all of it was synced before. Any other second name is of a snapshot. */
  const empty = async (handle: FileHandle, { object }: ObjectPaths) => {
    const identity = identityOf(await handle.stat());
    const published = await orIfMissing(stat(object), null);
    if (published !== null && identityOf(published) === identity) return;
    untrusted.add(identity);
    await handle.truncate(0);
    untrusted.delete(identity);
  };

  const openPart = (handle: FileHandle, receivedBytes: number, paths: ObjectPaths): PartFile => ({
    handle,
    receivedBytes,

    async write(body, target) {
      const outcome = await appendBody(body, { ...target, handle }).catch(async (error: unknown) => {
        // Frees what was taken of a full disk. A failure to do so adds nothing to the one at hand.
        await cutBack(handle, target).catch(() => {});
        throw error;
      });
      if (outcome.ended === 'unsynced') {
        await empty(handle, paths);
        throw outcome.cause;
      }
      if (outcome.ended !== 'overrun') return outcome.bytes;
      await cutBack(handle, target);
      throw errors.sizeMismatch(target.position + target.maxBytes, 'more were sent');
    },

    async sync() {
      try {
        await handle.datasync();
      } catch (error) {
        await empty(handle, paths);
        throw error;
      }
    },
  });

  return {
    async use(paths, work) {
      const handle = await orIfMissing(open(paths.part, 'r+'), null);
      if (handle === null) return null;
      try {
        if (untrusted.has(identityOf(await handle.stat()))) await empty(handle, paths);
        return await work(openPart(handle, (await handle.stat()).size, paths));
      } finally {
        await handle.close();
      }
    },
  };
}

type Stretch = Pick<AppendTarget, 'position' | 'maxBytes'>;

/** Not when all is there: another process may make it the object at any time, or has by now, and it has one name again. */
async function cutBack(handle: FileHandle, { position, maxBytes }: Stretch): Promise<void> {
  if ((await handle.stat()).size < position + maxBytes) await handle.truncate(position);
}
