import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerWorld } from './world.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface WorkerProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** What it wrote so far. */
  output(): string;
}

/** Starts the worker as its supervisor does, and waits until it takes jobs. */
export async function startWorkerProcess(
  world: Pick<WorkerWorld, 'databaseUrl' | 'dataDir'>,
  environment: Readonly<Record<string, string>> = {},
): Promise<WorkerProcess> {
  const child = fork(MAIN, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: world.databaseUrl,
      INSTASHARE_DATA_DIR: world.dataDir,
      AUTH_SECRET: 'x'.repeat(32),
      INSTASHARE_SUPERVISED: '1',
      WORKER_CONCURRENCY: '2',
      ...environment,
    },
  });
  const output: string[] = [];
  child.stdout?.on('data', (chunk) => output.push(String(chunk)));
  child.stderr?.on('data', (chunk) => output.push(String(chunk)));
  const ended = once(child, 'exit').then(() => child.exitCode ?? child.signalCode ?? '');
  const ready = once(child, 'message').then(() => null);
  const first = await Promise.race([ready, ended]);
  if (first !== null) throw new Error(`The worker ended with ${first}:\n${output.join('')}`);
  return {
    child,
    ended,
    output: () => output.join(''),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
