/** The main job: a folder goes up by `instashare watch --once`, and the worker makes it ready. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Instance } from '../acceptance/harness/instance.ts';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { type CliTimes, runCli, uploadEnvironment } from './command-line.ts';
import { type CpuSeconds, cpuOf, cpuOfEndedChildren, difference } from './cpu.ts';
import type { Input } from './input.ts';
import { registerUser, type Usage, type User } from './server.ts';
import { touchMemory } from './touch-memory.ts';

export interface Ingest {
  /** Until the command said that everything is stored. */
  readonly storedSeconds: number;
  /** Until everything was verified and compressed as well. */
  readonly readySeconds: number;
  readonly command: CliTimes;
  readonly storedBytes: number;
  /** By program, the command itself included. */
  readonly cpuSeconds: CpuSeconds;
}

const POLL_INTERVAL_MS = 100;

export async function measureIngest(instance: Instance, input: Input): Promise<Ingest> {
  const user = await registerUser(instance.url);
  await using folder = await makeTempFolder('bench-cli');
  const environment = await uploadEnvironment(user, { folder: folder.path, url: instance.url });
  const [before, childrenBefore] = await Promise.all([cpuOf(instance), cpuOfEndedChildren()]);

  touchMemory(input.sizeBytes);
  const started = performance.now();
  const secondsSince = () => (performance.now() - started) / 1000;
  const command = await runCli(['watch', input.folder, '--once', '--json'], environment);
  const storedSeconds = secondsSince();
  // Not before: to sum up all files again and again is work of its own.
  const { storedBytes } = await untilReady(user, input.files);
  const readySeconds = secondsSince();

  const client = (await cpuOfEndedChildren()) - childrenBefore;
  const servers = difference(await cpuOf(instance), before);
  const cpuSeconds = new Map([['instashare watch', client], ...servers]);
  return { storedSeconds, readySeconds, command, storedBytes, cpuSeconds };
}

async function untilReady(user: User, files: number): Promise<Usage> {
  for (;;) {
    const usage = await user.usage();
    if (usage.byStatus.failed.files > 0) throw new Error(`${usage.byStatus.failed.files} files failed`);
    if (usage.byStatus.ready.files === files) return usage;
    await delay(POLL_INTERVAL_MS);
  }
}
