import { mkdir, open, realpath, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, describe, StartError } from './start-error.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  // Node's word for a folder that cannot be made.
  ENOENT: 'it cannot be made there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'part of its path is a file',
  EEXIST: 'it is a file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
};

/** Makes the data folder if it is missing, and proves that it can be written. Returns its real path. */
export async function prepareDataFolder(path: string): Promise<string> {
  const probe = join(path, `.write-test-${process.pid}`);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await using file = await open(probe, 'wx');
    await file.writeFile('Instashare can write here.');
    await unlink(probe);
    return await realpath(path);
  } catch (error) {
    await unlink(probe).catch(() => {});
    const reason = REASONS[codeOf(error) ?? ''] ?? describe(error);
    throw new StartError(
      `The data folder ${path} cannot be written: ${reason}. INSTASHARE_DATA_DIR chooses another.`,
      { cause: error },
    );
  }
}
