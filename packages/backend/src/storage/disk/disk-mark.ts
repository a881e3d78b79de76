import { link, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StorageError } from '../../errors/index.ts';
import { decodeMark, encodeMark, MARK_NAME } from '../instance-mark.ts';
import type { FolderSync } from './folder-sync.ts';
import type { IncomingFiles } from './incoming-files.ts';
import { hasCode, orIfMissing } from './translate-error.ts';

/** `ObjectStore.mark` on disk: a file beside the folders of the owners. */
export type DiskMark = ReturnType<typeof createDiskMark>;

export function createDiskMark(
  root: string,
  { folderSync, incoming }: { readonly folderSync: FolderSync; readonly incoming: IncomingFiles },
) {
  const path = join(root, MARK_NAME);
  let wasSeen = false;

  const read = async (): Promise<string | null> => {
    const bytes = await orIfMissing(readFile(path), null);
    if (bytes === null) return null;
    wasSeen = true;
    return decodeMark(bytes);
  };
  /** The root may be new; where it was mounted, its parent need not be ours to open. */
  const syncParent = async (): Promise<void> => {
    await folderSync.sync(dirname(root)).catch((error: unknown) => {
      if (!hasCode(error, 'EACCES')) throw error;
    });
  };
  return {
    read,

    async write(instanceId: string): Promise<string> {
      const file = await incoming.create();
      try {
        await file.handle.writeFile(encodeMark(instanceId));
        await file.handle.sync();
        // link and not rename: the first one stays.
        await link(file.path, path).catch((error: unknown) => {
          if (!hasCode(error, 'EEXIST')) throw error;
        });
        await Promise.all([folderSync.sync(root), syncParent()]);
      } finally {
        await file.handle.close();
        await unlink(file.path);
      }
      return (await read()) ?? '';
    },

    /** Rejects when the mark that this process saw is gone: then the folder is not the one it was, but what is below its disk. */
    async requireStill(): Promise<void> {
      if (!wasSeen || (await orIfMissing(stat(path), null)) !== null) return;
      throw new StorageError(
        'storage_failed',
        `The folder "${root}" has lost its file "${MARK_NAME}": is its disk still mounted?`,
      );
    },
  };
}
