import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { type Environment, startedFrom } from './settings.ts';
import { codeOf, describe, StartError } from './start-error.ts';

/**
 * `environment`, and what `.env` in the checkout, or the file that INSTASHARE_ENV_FILE names, adds to it. What is set
 * already wins, even if it is set to nothing. A relative data folder in the file starts from the file's own folder.
 */
export async function withEnvFile(environment: Environment, checkout: string): Promise<Environment> {
  const named = environment['INSTASHARE_ENV_FILE'];
  const file = named ? resolve(startedFrom(environment), named) : join(checkout, '.env');
  const added: Record<string, string | undefined> = parseEnv(await read(file, { mayBeMissing: !named }));
  const dataDir = added['INSTASHARE_DATA_DIR'];
  if (dataDir) added['INSTASHARE_DATA_DIR'] = resolve(dirname(file), dataDir);
  return { ...added, ...environment };
}

async function read(file: string, { mayBeMissing }: { mayBeMissing: boolean }): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (mayBeMissing && codeOf(error) === 'ENOENT') return '';
    throw new StartError(`${file} cannot be read: ${describe(error)}.`, { cause: error });
  }
}
