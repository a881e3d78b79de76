import { mkdir } from 'node:fs/promises';

/** Makes a folder, with those that it lies in; false when a file is in the way. Rejects with what else the system says. */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path, { recursive: true });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST' || code === 'ENOTDIR') return false;
    throw error;
  }
}
