import { open } from 'node:fs/promises';

/** Resolves when the names in the folder survive a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows neither has this nor needs it.
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
