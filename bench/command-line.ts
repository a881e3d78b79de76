/** The `instashare` command as a user runs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { CHECKOUT, scrubbedEnvironment } from '../acceptance/harness/environment.ts';
import { PASSWORD, type User } from './server.ts';

export const CLI = join(CHECKOUT, 'node_modules', '.bin', 'instashare');

/** An environment in which the command is logged in, with its configuration in `folder`. */
export async function uploadEnvironment(
  user: User,
  { folder, url }: { readonly folder: string; readonly url: string },
): Promise<NodeJS.ProcessEnv> {
  const environment = scrubbedEnvironment({ INSTASHARE_CONFIG_DIR: folder });
  await runCli(['login', user.email, '--password-stdin', '--server', url], environment);
  return environment;
}

/** When the command did what, in milliseconds from when it was called. */
export interface CliTimes {
  /** How long its first scan took. */
  readonly scanMs: number;
  readonly scannedAtMs: number;
  readonly lastStoredAtMs: number;
  readonly endedAtMs: number;
}

const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('scanned'), isFirst: z.boolean(), durationMs: z.number() }),
  z.object({ event: z.literal('stored') }),
]);

export async function runCli(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<CliTimes> {
  const called = performance.now();
  const child = spawn(CLI, args, { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  child.stdin.end(`${PASSWORD}\n`);
  let [scanMs, scannedAtMs, lastStoredAtMs] = [0, 0, 0];
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    const { success, data } = eventSchema.safeParse(JSON.parse(line));
    if (!success) continue;
    if (data.event === 'stored') lastStoredAtMs = performance.now() - called;
    else if (data.isFirst) [scanMs, scannedAtMs] = [data.durationMs, performance.now() - called];
  }
  await exited;
  if (child.exitCode !== 0) throw new Error(`instashare ${args.join(' ')} ended with ${child.exitCode}`);
  return { scanMs, scannedAtMs, lastStoredAtMs, endedAtMs: performance.now() - called };
}
