/** The main job: a folder goes up by `instashare watch --once`, and the worker makes it ready. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { CHECKOUT, scrubbedEnvironment } from '../acceptance/harness/environment.ts';
import type { Instance } from '../acceptance/harness/instance.ts';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { type CpuSeconds, cpuOf, cpuOfEndedChildren, difference } from './cpu.ts';
import type { Input } from './input.ts';
import { PASSWORD, registerUser, type Usage, type User } from './server.ts';

export interface Ingest {
  /** Until the command said that everything is stored. */
  readonly storedSeconds: number;
  /** Until everything was verified and compressed as well. */
  readonly readySeconds: number;
  readonly scanSeconds: number;
  readonly storedBytes: number;
  /** By program, the command itself included. */
  readonly cpuSeconds: CpuSeconds;
}

const CLI = join(CHECKOUT, 'node_modules', '.bin', 'instashare');
const POLL_INTERVAL_MS = 50;

export async function measureIngest(instance: Instance, input: Input): Promise<Ingest> {
  const user = await registerUser(instance.url);
  await using folder = await makeTempFolder('bench-cli');
  const environment = scrubbedEnvironment({ INSTASHARE_CONFIG_DIR: folder.path });
  await runCli(['login', user.email, '--password-stdin', '--server', instance.url], environment);
  const [before, childrenBefore] = await Promise.all([cpuOf(instance), cpuOfEndedChildren()]);

  const started = performance.now();
  const secondsSince = () => (performance.now() - started) / 1000;
  const ready = untilReady(user, input.files);
  const scanMs = await runCli(['watch', input.folder, '--once', '--json'], environment);
  const storedSeconds = secondsSince();
  const { storedBytes } = await ready;
  const readySeconds = secondsSince();

  const client = (await cpuOfEndedChildren()) - childrenBefore;
  const servers = difference(await cpuOf(instance), before);
  const cpuSeconds = new Map([['instashare watch', client], ...servers]);
  return { storedSeconds, readySeconds, scanSeconds: scanMs / 1000, storedBytes, cpuSeconds };
}

async function untilReady(user: User, files: number): Promise<Usage> {
  for (;;) {
    const usage = await user.usage();
    if (usage.byStatus.failed.files > 0) throw new Error(`${usage.byStatus.failed.files} files failed`);
    if (usage.byStatus.ready.files === files) return usage;
    await delay(POLL_INTERVAL_MS);
  }
}

const scannedSchema = z.object({ event: z.literal('scanned'), isFirst: z.boolean(), durationMs: z.number() });

/** Runs the command, and returns how long its first scan took. */
async function runCli(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(CLI, args, { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  child.stdin.end(`${PASSWORD}\n`);
  let scanMs = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    const event = scannedSchema.safeParse(JSON.parse(line));
    if (event.success && event.data.isFirst) scanMs = event.data.durationMs;
  }
  await exited;
  if (child.exitCode !== 0) throw new Error(`instashare ${args.join(' ')} ended with ${child.exitCode}`);
  return scanMs;
}
