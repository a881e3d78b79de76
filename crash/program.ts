import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The api or the worker as a process of its own. */
export interface Program extends AsyncDisposable {
  readonly name: 'api' | 'worker';
  /** Resolves when it is ready; rejects when it ends before, unless it was killed. */
  start(): Promise<void>;
  /** Whether it has not ended by itself, either. */
  isRunning(): boolean;
  /** Has it stand still, as a machine that is overloaded does, until it is resumed. */
  pause(): void;
  resume(): void;
  /** Ends it as a loss of power would. */
  kill(): Promise<void>;
}

export function createProgram(name: Program['name'], environment: Readonly<Record<string, string>>): Program {
  const main = join(import.meta.dirname, `../packages/${name}/src/main.ts`);
  let child: ChildProcess | null = null;

  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    // One that stands still would never hear of it.
    ending.kill('SIGCONT');
    await exited;
  };
  return {
    name,
    async start() {
      const started = spawn(process.execPath, [main], {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      child = started;
      const ended = once(started, 'exit').then(() => 'ended' as const);
      const ready = once(started, 'message').then(() => 'ready' as const);
      const first = await Promise.race([ready, ended]);
      if (first === 'ended' && started.signalCode === null) throw new Error(`the ${name} ended: see above`);
    },
    isRunning: () => child !== null && child.exitCode === null && child.signalCode === null,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  };
}
