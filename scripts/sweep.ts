/**
 * `npm run sweep`: runs the worker's sweep once, against the instance that serves the data folder (or against
 * `DATABASE_URL`). With `-- --dry-run` it only says what it would do.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findRunningServer } from '@instashare/backend/database/embedded';
import { withEnvFile } from './start/env-file.ts';
import { ensureSecret } from './start/secret-file.ts';
import { readSettings } from './start/settings.ts';
import { describe, StartError } from './start/start-error.ts';

const checkout = join(import.meta.dirname, '..');

async function sweep(args: readonly string[]): Promise<number> {
  const environment = await withEnvFile(process.env, checkout);
  const { dataDir, databaseUrl: given, authSecret } = readSettings(environment, checkout);
  const databaseUrl = given ?? (await findRunningServer(dataDir));
  if (databaseUrl === null) {
    throw new StartError(`No Instashare serves ${dataDir}. Start it first, with npm start.`);
  }
  const child = spawn(process.execPath, [join(checkout, 'packages/worker/src/sweep/main.ts'), ...args], {
    stdio: 'inherit',
    env: {
      ...environment,
      INSTASHARE_DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: authSecret ?? (await ensureSecret(join(dataDir, 'auth-secret'))),
    },
  });
  await once(child, 'exit');
  return child.exitCode ?? 1;
}

try {
  process.exitCode = await sweep(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StartError ? error.message : describe(error));
  process.exitCode = 1;
}
