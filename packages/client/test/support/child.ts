import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process of ours that says when it is ready, as its supervisor runs it. */
export interface Child extends AsyncDisposable {
  start(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

export function createChild(main: string, environment: NodeJS.ProcessEnv): Child {
  let running: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals) => {
    const ending = running;
    running = null;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill(signal);
    await once(ending, 'exit');
  };
  return {
    async start() {
      running = spawn(process.execPath, [main], {
        env: environment,
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      });
      const said: string[] = [];
      let isReady = false;
      running.stderr?.on('data', (part) => {
        // What it says before it gives up is in the error; what it says later is for whoever watches.
        if (isReady) process.stderr.write(String(part));
        else said.push(String(part));
      });
      const exited = once(running, 'exit').then(() => 'exited' as const);
      const ready = once(running, 'message').then(() => 'ready' as const);
      if ((await Promise.race([ready, exited])) === 'exited')
        throw new Error(`${main} did not start: ${said.join('')}`);
      isReady = true;
    },
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  };
}
