/**
 * What the worker does, by itself: everything is uploaded while it is stopped, and the time is taken from the moment
 * it goes on until everything is verified, compressed, read back and switched. Beside it the stock zstd tool, which
 * only compresses.
 */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { runCli, uploadEnvironment } from './command-line.ts';
import { type Input, listFiles } from './input.ts';
import { registerUser, startServer } from './server.ts';
import { touchMemory } from './touch-memory.ts';

export interface Compression {
  readonly seconds: number;
  readonly storedBytes: number;
}

const run = promisify(execFile);
/** Each question costs the api, its database and us some processor time, of which the worker has two cores. */
const POLL_INTERVAL_MS = 200;

export async function measureWorker(input: Input): Promise<Compression> {
  await using instance = await startServer();
  const worker = await instance.pidOfProgram('worker');
  const user = await registerUser(instance.url);
  await using folder = await makeTempFolder('bench-cli');
  const environment = await uploadEnvironment(user, { folder: folder.path, url: instance.url });
  process.kill(worker, 'SIGSTOP');
  try {
    await runCli(['watch', input.folder, '--once', '--json'], environment);
    touchMemory(input.sizeBytes);
  } finally {
    process.kill(worker, 'SIGCONT');
  }
  const begun = performance.now();
  for (;;) {
    const { byStatus, storedBytes } = await user.usage();
    if (byStatus.failed.files > 0) throw new Error(`${byStatus.failed.files} files failed`);
    if (byStatus.ready.files === input.files) {
      return { seconds: (performance.now() - begun) / 1000, storedBytes };
    }
    await delay(POLL_INTERVAL_MS);
  }
}

/** `zstd -3` of one file on one thread, `zstd -3 -T2` of many. */
export async function measureZstd({ folder, files, sizeBytes }: Input): Promise<Compression> {
  await using target = await makeTempFolder('bench-zstd');
  const threads = files === 1 ? '-T1' : '-T2';
  touchMemory(sizeBytes);
  const begun = performance.now();
  await run('zstd', ['-q', '-3', threads, '-r', folder, '--output-dir-mirror', target.path]);
  const seconds = (performance.now() - begun) / 1000;
  const sizes = await Promise.all((await listFiles(target.path)).map((path) => stat(path)));
  return { seconds, storedBytes: sizes.reduce((sum, { size }) => sum + size, 0) };
}

export const isZstdInstalled = (): Promise<boolean> =>
  run('zstd', ['--version']).then(
    () => true,
    () => false,
  );
