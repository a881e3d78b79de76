import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';
import { printable } from '../format.ts';

export interface TargetClaim {
  /** The file that names the folder whose files are at the target. */
  readonly path: string;
  /** Absolute and real. */
  readonly folder: string;
  /** The target, for a person. */
  readonly prefix: string;
}

/**
 * Notes down that the files of a folder are at a target of the account. Rejects when those of another folder,
 * which is still there, are: files of one name would take turns as versions of each other.
 */
export async function claimTarget({ path, folder, prefix }: TargetClaim): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(folder);
    } finally {
      await file.close();
    }
    return;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
  }
  const owner = await readFile(path, 'utf8');
  if (owner === folder) return;
  if (owner !== '' && (await isFolder(owner))) {
    const target = prefix === '' ? 'the root of the account' : printable(prefix);
    throw new CliError(
      `${printable(owner)} is uploaded to ${target} already, and files of the same name would replace each other: ` +
        `give ${printable(folder)} a place of its own by --to NAME`,
      { code: 'target_taken' },
    );
  }
  await writeFile(path, folder);
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
