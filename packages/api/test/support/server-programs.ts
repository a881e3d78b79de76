import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TEST_AUTH_SECRET } from './test-api.ts';

const program = (path: string) => fileURLToPath(new URL(`../../../worker/${path}`, import.meta.url));

/** Where a server keeps what it has. */
export interface ServerPlace {
  readonly databaseUrl: string;
  readonly dataDir: string;
}

const environmentOf = ({ databaseUrl, dataDir }: ServerPlace) => ({
  ...process.env,
  DATABASE_URL: databaseUrl,
  INSTASHARE_DATA_DIR: dataDir,
  AUTH_SECRET: TEST_AUTH_SECRET,
});

/** The worker as a program of its own, beside an api. */
export async function startWorker(place: ServerPlace): Promise<AsyncDisposable> {
  const child = fork(program('src/main.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...environmentOf(place),
      WORKER_CONCURRENCY: '1',
      RAW_OBJECT_GRACE_SECONDS: '0',
      SWEEP_INTERVAL_SECONDS: '1',
    },
  });
  const exited = once(child, 'exit');
  await Promise.race([once(child, 'message'), exited]);
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export interface AdminProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** Starts `instashare-admin` on a server. */
export function startAdmin(place: ServerPlace, ...args: string[]): AdminProcess {
  const child = spawn(process.execPath, [program('bin/instashare-admin.js'), ...args], {
    env: environmentOf(place),
  });
  const output: string[] = [];
  const keep = (chunk: Buffer) => output.push(chunk.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return {
    child,
    ended: once(child, 'close').then(() => ({ code: child.exitCode, output: output.join('') })),
  };
}

export const runAdmin = (place: ServerPlace, ...args: string[]) => startAdmin(place, ...args).ended;
