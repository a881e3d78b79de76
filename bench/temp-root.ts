/** One folder for all that a run writes, and the end of all that it started: also when it is interrupted. */
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killAll, signal } from '../acceptance/harness/processes.ts';

const STOP_TIMEOUT_MS = 15_000;
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** From here on temporary folders are made below it, by this process and by those that it starts. */
export async function openTempRoot(): Promise<AsyncDisposable> {
  // Short: the path of a socket below it must have less than 108 bytes.
  const root = await realpath(await mkdtemp(join(tmpdir(), 'ib-')));
  process.env['TMPDIR'] = root;
  const clearing = new Set<Promise<void>>();
  for (const [name, exitCode] of Object.entries(SIGNALS)) {
    process.once(name, () => {
      process.stderr.write(`${name}: ending what was started, and removing ${root}\n`);
      clearing.add(clear(root).finally(() => process.exit(exitCode)));
    });
  }
  return {
    // What fails since it was interrupted must not end this process before everything else has ended.
    async [Symbol.asyncDispose]() {
      await Promise.all(clearing);
      await remove(root);
    },
  };
}

async function clear(root: string): Promise<void> {
  const deadline = performance.now() + STOP_TIMEOUT_MS;
  for (const pid of await startedBelow(root)) signal(pid, 'SIGTERM');
  while ((await startedBelow(root)).length > 0 && performance.now() < deadline) await delay(100);
  for (const pid of await startedBelow(root)) signal(pid, 'SIGKILL');
  // PostgreSQL has an environment of its own.
  await killAll({ mark: root, dataDir: root });
  await remove(root);
}

const remove = (root: string) => rm(root, { recursive: true, force: true, maxRetries: 5 });

/** Those that know the folder from their environment. */
async function startedBelow(root: string): Promise<number[]> {
  const pids = (await readdir('/proc'))
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  const isOurs = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(`TMPDIR=${root}`);
    }),
  );
  return pids.filter((_pid, at) => isOurs[at]);
}
