import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from './settings.ts';

export interface Program {
  readonly name: string;
  /** The TypeScript file to run, and its arguments. */
  readonly command: readonly string[];
  readonly environment: Environment;
  /** It ends when what it holds on to is larger. */
  readonly heapMib: number;
  /** Room for what is only just made, twice: with little of it, what is soon dropped is copied before. */
  readonly youngMib: number;
  /** Where its output goes; on the terminal when it is null. */
  readonly log: FileHandle | null;
  /** How long it may take to end when it is told to. */
  readonly stopWithinMs: number;
}

export interface RunningProgram {
  readonly pid: number;
  /** Resolves when the program says so over its IPC channel. */
  readonly ready: Promise<void>;
  /** Resolves with how it ended, as in "exit code 1". */
  readonly exited: Promise<string>;
  /** Ends it in order, within its bound; at once when `forced` is aborted. Asked again, it waits as well. */
  readonly stop: (forced: AbortSignal) => Promise<void>;
}

/**
 * V8 and malloc take what the machine has, since they know of no other use for it, and are told to make do with
 * less. MALLOC_ARENA_MAX does the same for buffers outside of the heap.
 */
const heapOptions = ({ heapMib, youngMib }: Program) => [
  `--max-semi-space-size=${youngMib}`,
  `--max-old-space-size=${heapMib}`,
];

/**
 * Runs a program with this process's own Node. It ends itself in order on SIGTERM, and when its IPC channel
 * closes, which happens when this process ends in any way.
 *
 * A program with a log of its own also gets a session of its own, so that a terminal's Ctrl-C reaches us alone
 * and we stop everything in our order. One that draws on the terminal has to stay there, and leaves SIGINT to
 * us because INSTASHARE_SUPERVISED is set.
 */
export async function runProgram(program: Program): Promise<RunningProgram> {
  const output = program.log === null ? 'inherit' : program.log.fd;
  const child = spawn(process.execPath, [...heapOptions(program), ...program.command], {
    env: { MALLOC_ARENA_MAX: '2', ...program.environment, INSTASHARE_SUPERVISED: '1' },
    stdio: [program.log === null ? 'inherit' : 'ignore', output, output, 'ipc'],
    detached: program.log !== null,
    windowsHide: true,
  });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (isReadyMessage(message)) resolve();
    });
  });
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error(`${program.name} has no process id`);
  return {
    pid: child.pid,
    ready,
    exited,
    async stop(forced) {
      if (!forced.aborted) {
        // Windows has no SIGTERM: there the closed channel says the same.
        if (process.platform !== 'win32') child.kill('SIGTERM');
        else if (child.connected) child.disconnect();
        await waitAtMost(exited, { boundMs: program.stopWithinMs, forced });
      }
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function isReadyMessage(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}

async function waitAtMost(
  event: Promise<unknown>,
  { boundMs, forced }: { boundMs: number; forced: AbortSignal },
): Promise<void> {
  const waited = new AbortController();
  const signal = AbortSignal.any([waited.signal, forced]);
  await Promise.race([event, delay(boundMs, undefined, { signal }).catch(() => {})]);
  waited.abort();
}
