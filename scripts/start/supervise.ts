import { setTimeout as delay } from 'node:timers/promises';
import { type Program, type RunningProgram, runProgram } from './child-process.ts';
import { describe } from './start-error.ts';
import type { StopRequests } from './stop-requests.ts';

export interface SuperviseOptions {
  /** Called with each process that runs the program. */
  readonly onStarted: (pid: number) => Promise<void>;
  /** Told when the program ended unexpectedly. */
  readonly onNotice: (line: string) => void;
  /** Where to look when it fails: a sentence. */
  readonly hint: string;
  /**
   * Once a stop is requested the program is not started again: a service manager tells all processes of a group at
   * once. Once it is forced, stopping the program takes no time.
   */
  readonly stop: Pick<StopRequests, 'forced' | 'requested'>;
}

export interface SupervisedProgram extends AsyncDisposable {
  /** Resolves when the program says that it is ready. */
  readonly ready: Promise<void>;
  /** Resolves with the reason when it ended and is not started again; with null when it was meant to end. */
  readonly givenUp: Promise<string | null>;
  /** From now on it is started again when it ends. */
  readonly keepRunning: () => void;
}

/** Five within a minute: that does not pass by itself. */
const MOST_RESTARTS = 5;
const WITHIN_MS = 60_000;
const FIRST_DELAY_MS = 200;

/** Runs a program until it is disposed. */
export async function supervise(program: Program, options: SuperviseOptions): Promise<SupervisedProgram> {
  const { onStarted, onNotice, hint } = options;
  const { forced, requested } = options.stop;
  const disposing = new AbortController();
  const isOver = AbortSignal.any([disposing.signal, requested]);
  const restarts: number[] = [];
  let mayRestart = false;

  async function start(): Promise<RunningProgram> {
    const started = await runProgram(program);
    await onStarted(started.pid);
    return started;
  }

  async function superviseUntilGivenUp(): Promise<string | null> {
    for (;;) {
      const how = await current.exited;
      // Who tells all processes at once to end may tell us last.
      await delay(FIRST_DELAY_MS, undefined, { signal: isOver }).catch(() => {});
      if (isOver.aborted) return null;
      const now = performance.now();
      while (restarts[0] !== undefined && now - restarts[0] > WITHIN_MS) restarts.shift();
      if (!mayRestart) return `The ${program.name} did not start (${how}). ${hint}`;
      if (restarts.length === MOST_RESTARTS)
        return `The ${program.name} ends again and again (${how}). ${hint}`;
      const waitMs = FIRST_DELAY_MS * (2 ** restarts.length - 1);
      restarts.push(now);
      onNotice(`The ${program.name} ended unexpectedly (${how}); starting it again. ${hint}`);
      await delay(waitMs, undefined, { signal: isOver }).catch(() => {});
      if (isOver.aborted) return null;
      current = await start();
      if (isOver.aborted) await current.stop(forced);
    }
  }

  let current = await start();
  const { ready } = current;
  const givenUp = superviseUntilGivenUp().catch(
    (error: unknown) => `The ${program.name} could not be started again: ${describe(error)}.`,
  );
  return {
    ready,
    givenUp,
    keepRunning: () => {
      mayRestart = true;
    },
    async [Symbol.asyncDispose]() {
      disposing.abort();
      await current.stop(forced);
      await givenUp;
    },
  };
}
