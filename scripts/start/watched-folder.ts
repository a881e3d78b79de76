import { opendir, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { codeOf, describe, StartError } from './start-error.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not a folder',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
};

/** Returns the real path of the folder to watch, which must be one that can be read. */
export async function findWatchedFolder(path: string, from: string): Promise<string> {
  const folder = resolve(from, path);
  try {
    await using entries = await opendir(folder);
    await entries.read();
    return await realpath(folder);
  } catch (error) {
    const reason = REASONS[codeOf(error) ?? ''] ?? `cannot be read: ${describe(error)}`;
    throw new StartError(`The folder ${folder} ${reason}.`, { cause: error });
  }
}

/** Uploads land in the data folder: watching it would upload them again, without an end. */
export function checkApart(folder: string, dataDir: string): void {
  if (!isWithin(dataDir, folder) && !isWithin(folder, dataDir)) return;
  throw new StartError(
    `The folder ${folder} and the data folder ${dataDir} lie one in the other: ` +
      'watch another folder, or choose another data folder by INSTASHARE_DATA_DIR.',
  );
}

function isWithin(inner: string, outer: string): boolean {
  const way = relative(outer, inner);
  // A name may begin with two dots as well; on Windows there is no way at all from drive to drive.
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
