import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Environment } from './settings.ts';
import { StartError } from './start-error.ts';

export interface Migration extends AsyncDisposable {
  /** Brings the tables of this database up to date. */
  readonly run: (databaseUrl: string) => Promise<void>;
}

/** Begins to load what migrates, which takes as long as PostgreSQL takes to start: both go on at once. */
export async function prepareMigration(environment: Environment): Promise<Migration> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'migration-program.ts')], {
    env: environment,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // A session of its own: a terminal's Ctrl-C is for us to act on.
    detached: true,
    windowsHide: true,
  });
  const answer = new Promise<string>((resolve) => {
    child.once('message', (fault) => resolve(typeof fault === 'string' ? fault : 'no answer'));
    child.once('exit', (code, signal) => resolve(`the migration ended (${signal ?? `exit code ${code}`})`));
  });
  await once(child, 'spawn');
  let isOver = false;
  return {
    async run(databaseUrl) {
      child.send(databaseUrl, () => {});
      const fault = await answer;
      isOver = true;
      if (fault !== '') throw new StartError(`The database cannot be used: ${fault}.`);
    },
    async [Symbol.asyncDispose]() {
      // It ends by itself, and keeps its compiled code for the next start.
      if (isOver || child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}
