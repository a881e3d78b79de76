import { open } from 'node:fs/promises';

export interface FolderSync {
  /** Resolves when every change made to the folder before this call is on the disk. */
  sync(folder: string): Promise<void>;
}

/**
 * Makes changes of folders durable. Callers who come while a sync of the same folder runs share the next one:
 * a sync that starts after a change covers it, so a hundred finishers cost two syncs and not a hundred.
 */
export function createFolderSync(syncOnce: (folder: string) => Promise<void> = fsyncFolder): FolderSync {
  const running = new Map<string, { current: Promise<void>; next: Promise<void> | null }>();

  const start = (folder: string): Promise<void> => {
    const state: { current: Promise<void>; next: Promise<void> | null } = {
      current: syncOnce(folder).finally(() => {
        if (state.next === null) running.delete(folder);
      }),
      next: null,
    };
    running.set(folder, state);
    return state.current;
  };

  return {
    sync(folder) {
      const state = running.get(folder);
      if (state === undefined) return start(folder);
      // Its failure is not ours: what we ask for has not been tried yet.
      state.next ??= state.current.catch(() => {}).then(() => start(folder));
      return state.next;
    },
  };
}

async function fsyncFolder(folder: string): Promise<void> {
  // Windows can't open a folder for this, and makes its entries durable by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
