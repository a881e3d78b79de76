import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandContext } from '../context.ts';

/** Ours, in case they lie in the watched folder: credentials, state, and the data of a server on this machine. */
export async function ownFolders({
  configFolder,
  environment,
}: Pick<CommandContext, 'configFolder' | 'environment'>): Promise<string[]> {
  const dataFolder = environment['INSTASHARE_DATA_DIR'];
  const folders = [configFolder, ...(dataFolder === undefined || dataFolder === '' ? [] : [dataFolder])];
  return Promise.all(folders.map((path) => realpath(path).catch(() => resolve(path))));
}
