import { lstat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import type { SelectionOptions } from '../../engine/selection.ts';
import { CliError } from '../cli-error.ts';
import { EXIT_USAGE } from '../exit-codes.ts';
import { printable } from '../format.ts';
import type { FolderFlags } from '../program/folder-options.ts';
import type { WatchTarget } from './find-targets.ts';

const usage = (message: string) => new CliError(message, { code: 'usage', exitCode: EXIT_USAGE });

/** What is wanted of the folders that are watched. Rejects with words for the person when that makes no sense. */
export async function findSelection(
  { exclude, only = [], maxSize }: FolderFlags,
  targets: readonly Pick<WatchTarget, 'folder'>[],
): Promise<SelectionOptions> {
  const [target, other] = targets;
  if (only.length > 0 && other !== undefined) {
    throw usage('--only is for one watched folder: watch the others by a command of their own');
  }
  const chosen =
    target === undefined ? [] : await Promise.all(only.map((each) => findChosen(target.folder, each)));
  return { excludes: exclude, only: chosen, maxSizeBytes: maxSize, isCaseSensitive: CASE_MATTERS };
}

/** As the file systems of these have it, unless they were made otherwise. */
export const CASE_MATTERS = process.platform !== 'darwin' && process.platform !== 'win32';

/** The local path of a folder that `--only` names. */
async function findChosen(folder: string, named: string): Promise<string> {
  const path = relative(folder, resolve(folder, named));
  const parts = path.split(sep);
  if (path === '' || parts[0] === '..' || resolve(path) === path) {
    throw usage(`--only ${printable(named)}: it must be a folder in ${printable(folder)}`);
  }
  const found = await lstat(resolve(folder, path)).catch(() => null);
  if (found?.isDirectory() === true) return parts.join('/');
  throw usage(`--only ${printable(named)}: there is no folder of this name in ${printable(folder)}`);
}
