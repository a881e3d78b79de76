/**
 * `npm run admin -- COMMAND` and `npm run sweep`: the operator's command with what `npm start` is configured by: `.env`
 * in the checkout, the data folder, and the instance that serves it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { withEnvFile } from './start/env-file.ts';
import { readSettings, startedFrom } from './start/settings.ts';
import { describe, StartError } from './start/start-error.ts';

const checkout = join(import.meta.dirname, '..');
/** What the command itself ends with when it could not begin. */
const EXIT_FAILED = 3;

async function admin(args: readonly string[]): Promise<number> {
  const environment = await withEnvFile(process.env, checkout);
  const { dataDir } = readSettings(environment, checkout);
  const child = spawn(process.execPath, [join(checkout, 'packages/worker/src/admin/main.ts'), ...args], {
    stdio: 'inherit',
    // Where the command was called: its arguments are paths from there.
    cwd: startedFrom(environment),
    env: { ...environment, INSTASHARE_DATA_DIR: dataDir },
  });
  // A terminal's Ctrl-C reaches the command by itself, which ends in order: we end after it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill());
  await once(child, 'exit');
  return child.exitCode ?? 1;
}

try {
  process.exitCode = await admin(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StartError ? error.message : describe(error));
  process.exitCode = EXIT_FAILED;
}
