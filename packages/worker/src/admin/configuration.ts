import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Config, loadConfig } from '@instashare/backend/config';
import { findRunningServer } from '@instashare/backend/database/embedded';
import { AdminError } from './admin-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The server's own configuration: its environment, and for what that leaves out what `npm start` keeps in the data
 * folder. There the database is the one that serves the folder at this moment. Throws an {@link AdminError}.
 */
export async function readConfiguration(environment: Environment, dataDirOption?: string): Promise<Config> {
  const dataDir = resolve(dataDirOption ?? (environment['INSTASHARE_DATA_DIR'] || '.instashare'));
  const databaseUrl = environment['DATABASE_URL'] || (await findRunningServer(dataDir));
  if (databaseUrl === null) {
    throw new AdminError(
      `No database: DATABASE_URL is not set, and no "npm start" serves ${dataDir}. Start it, name its folder by ` +
        '--data-dir, or set the variables that the server has.',
    );
  }
  return loadConfig({
    ...environment,
    INSTASHARE_DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: environment['AUTH_SECRET'] || (await readSecret(dataDir)),
  });
}

async function readSecret(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataDir, 'auth-secret'), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
