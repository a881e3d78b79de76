import { link, mkdir, unlink } from 'node:fs/promises';
import { createBoundedMap } from './bounded-map.ts';
import type { DiskMark } from './disk-mark.ts';
import type { FolderSync } from './folder-sync.ts';
import type { ObjectPaths } from './object-paths.ts';
import { hasCode, orIfMissing } from './translate-error.ts';

export interface ObjectFolders {
  /** Runs `work` in the owner's folder, making the folder when `work` finds that there is none. */
  within<T>(paths: ObjectPaths, work: () => Promise<T>): Promise<T>;
  /**
   * Gives a whole and synced file the object's name. Never takes a name that is taken (`EEXIST`), and the
   * object is durable when it resolves.
   */
  publish(from: string, paths: ObjectPaths): Promise<void>;
  /** Resolves when whatever has a name in the owner's folder keeps it through a loss of power. */
  settle(paths: ObjectPaths): Promise<void>;
  /** Removes files of one owner for good; those that are not there are fine. */
  remove(paths: ObjectPaths, files: readonly string[]): Promise<void>;
}

/** Of others the name is made durable once more. */
const MAX_KNOWN_OWNERS = 10_000;

export function createObjectFolders(
  root: string,
  { folderSync, mark }: { readonly folderSync: FolderSync; readonly mark: Pick<DiskMark, 'requireStill'> },
): ObjectFolders {
  const durableOwners = createBoundedMap<true>(MAX_KNOWN_OWNERS);

  /** Whoever made the owner's folder, here or in another process, may have died before its own name was on the disk. */
  async function settle({ folder }: ObjectPaths): Promise<void> {
    const isKnown = durableOwners.get(folder) === true;
    await Promise.all([folderSync.sync(folder), ...(isKnown ? [] : [folderSync.sync(root)])]);
    durableOwners.set(folder, true);
  }

  const folders: ObjectFolders = {
    settle,

    async within(paths, work) {
      try {
        return await work();
      } catch (error) {
        if (!hasCode(error, 'ENOENT')) throw error;
      }
      // Below a disk that is not mounted any more no owner has a folder: what went there would be gone later.
      await mark.requireStill();
      durableOwners.delete(paths.folder);
      await mkdir(paths.folder, { recursive: true, mode: 0o700 });
      return work();
    },

    async publish(from, paths) {
      // link and not rename: a rename would silently replace an object that is there.
      await folders.within(paths, () => link(from, paths.object));
      await unlink(from);
      await settle(paths);
    },

    async remove(paths, files) {
      const removed = await Promise.all(
        files.map((file) =>
          orIfMissing(
            unlink(file).then(() => true),
            false,
          ),
        ),
      );
      if (removed.includes(true)) await folderSync.sync(paths.folder);
    },
  };
  return folders;
}
