import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where credentials and state are kept: `INSTASHARE_CONFIG_DIR`, or `instashare` where the system keeps such. */
export function configFolderOf(environment: Readonly<Record<string, string | undefined>>): string {
  const given = environment['INSTASHARE_CONFIG_DIR'];
  if (given !== undefined && given !== '') return resolve(given);
  const xdg = environment['XDG_CONFIG_HOME'];
  // The specification says to ignore a relative one.
  const base = xdg?.startsWith('/') === true ? xdg : join(homedir(), '.config');
  return join(base, 'instashare');
}

/** Makes a folder that only its owner can look into. One that exists is left as it is. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}
