/** A watch that goes on, and what it says. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { CLI } from './command-line.ts';

const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('scanned'), isFirst: z.boolean(), durationMs: z.number() }),
  z.object({ event: z.enum(['stored', 'moved']), path: z.string() }),
  z.object({ event: z.literal('up_to_date'), files: z.number(), problems: z.number() }),
]);
export type WatchEvent = z.infer<typeof eventSchema>;

export interface RunningWatch extends AsyncDisposable {
  readonly pid: number;
  /** What `choose` makes of the first event, from now on, of which it makes something other than null. */
  readonly next: <T>(choose: (event: WatchEvent) => T | null) => Promise<T>;
}

const TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_MS = 20_000;

export function startWatch(folder: string, environment: NodeJS.ProcessEnv): RunningWatch {
  const child = spawn(CLI, ['watch', folder, '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const listeners = new Set<(event: WatchEvent) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { success, data } = eventSchema.safeParse(JSON.parse(line));
    if (success) for (const listener of listeners) listener(data);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('instashare watch could not be started');
  return {
    pid,
    next: (choose) => nextOf(listeners, choose, exited),
    async [Symbol.asyncDispose]() {
      const timeout = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(timeout);
    },
  };
}

async function nextOf<T>(
  listeners: Set<(event: WatchEvent) => void>,
  choose: (event: WatchEvent) => T | null,
  exited: Promise<unknown>,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const listener = (event: WatchEvent) => {
    const chosen = choose(event);
    if (chosen !== null) resolve(chosen);
  };
  const timeout = setTimeout(
    () => reject(new Error('the watch did not say what was waited for')),
    TIMEOUT_MS,
  );
  void exited.then(() => reject(new Error('the watch has ended')));
  listeners.add(listener);
  try {
    return await promise;
  } finally {
    clearTimeout(timeout);
    listeners.delete(listener);
  }
}
