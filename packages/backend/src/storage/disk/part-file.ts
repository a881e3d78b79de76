import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { errors } from '../../errors/index.ts';
import { type AppendTarget, appendBody } from './append-body.ts';
import { orIfMissing } from './translate-error.ts';

export interface PartFiles {
  /**
   * Opens a part for `work`, which is told how many bytes are in it; null when it is not there. Rejects while one that a
   * failed sync has left can't be emptied.
   */
  use<T>(path: string, work: (handle: FileHandle, receivedBytes: number) => Promise<T>): Promise<T | null>;
  /** Appends what comes and gives its length. When it must not stand, the file is as it was before, unless all is there. */
  write(body: Readable, target: AppendTarget): Promise<number>;
  sync(handle: FileHandle): Promise<void>;
}

const identityOf = ({ dev, ino }: Stats) => `${dev}:${ino}`;

/**
 * The system tells only once of a write that did not get to the disk, and a sync that is tried again reports success.
 * So nothing of a part is trusted any more after a failed one: it is emptied, and its client is told that nothing was
 * kept. One that a failing disk does not let us empty is remembered until it does.
 */
export function createPartFiles(): PartFiles {
  const untrusted = new Set<string>();

  /** Not when it has the object's name as well: then all of it was synced before. */
  const empty = async (handle: FileHandle) => {
    const stat = await handle.stat();
    if (stat.nlink > 1) return;
    untrusted.add(identityOf(stat));
    await handle.truncate(0);
    untrusted.delete(identityOf(stat));
  };

  /** Not when all is there: another process may make it the object at any time, or has by now, and it has one name again. */
  const cutBack = async ({ handle, position, maxBytes }: AppendTarget) => {
    if ((await handle.stat()).size < position + maxBytes) await handle.truncate(position);
  };

  return {
    async use(path, work) {
      const handle = await orIfMissing(open(path, 'r+'), null);
      if (handle === null) return null;
      try {
        if (untrusted.has(identityOf(await handle.stat()))) await empty(handle);
        return await work(handle, (await handle.stat()).size);
      } finally {
        await handle.close();
      }
    },

    async write(body, target) {
      const outcome = await appendBody(body, target).catch(async (error: unknown) => {
        // Frees what was taken of a full disk. A failure to do so adds nothing to the one at hand.
        await cutBack(target).catch(() => {});
        throw error;
      });
      if (outcome.ended === 'unsynced') {
        await empty(target.handle);
        throw outcome.cause;
      }
      if (outcome.ended !== 'overrun') return outcome.bytes;
      await cutBack(target);
      throw errors.sizeMismatch(target.position + target.maxBytes, 'more were sent');
    },

    async sync(handle) {
      try {
        await handle.datasync();
      } catch (error) {
        await empty(handle);
        throw error;
      }
    },
  };
}
