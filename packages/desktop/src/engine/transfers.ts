import { createSpeedometer } from '@instashare/sync';
import type { Transfer } from '../shared/app-state.ts';
import { secondsLeft } from './speed.ts';

export interface TransferProgress {
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number) => void;
}

/** Downloads and uploads that a person asked for by hand. */
export interface Transfers extends Disposable {
  /** Runs a task after those before it, shown meanwhile. Never rejects: how it ended is told by `onEnd`. */
  add(task: TransferTask): void;
  cancel(id: string): void;
  /** Runs one again that failed; all of them when none is named. */
  retry(id?: string): void;
  /** Forgets one that failed. */
  dismiss(id: string): void;
  /** Those that failed and that nobody has tried again or forgotten. */
  failed(): FailedTransfer[];
  /** The first of them, those that run among these; there may be thousands. */
  list(limit: number): Transfer[];
  readonly count: number;
}

export interface FailedTransfer {
  readonly id: string;
  readonly kind: Transfer['kind'];
  readonly path: string;
  readonly error: unknown;
}

export interface TransferTask {
  readonly kind: Transfer['kind'];
  readonly path: string;
  readonly sizeBytes: number;
  readonly run: (progress: TransferProgress) => Promise<void>;
  /** `null`: it went well. */
  readonly onEnd: (error: unknown) => void;
}

interface Running {
  readonly task: TransferTask;
  readonly speedometer: ReturnType<typeof createSpeedometer>;
  readonly stop: AbortController;
  doneBytes: number;
}

interface Failed {
  readonly task: TransferTask;
  readonly error: unknown;
}

const AT_ONCE = 3;

export function createTransfers(): Transfers {
  const all = new Map<string, Running>();
  const failures = createFailures();
  const queue = createQueue(async (id) => {
    const transfer = all.get(id);
    if (transfer === undefined) return;
    const { task, stop } = transfer;
    const onProgress = (doneBytes: number) => void (transfer.doneBytes = doneBytes);
    const end = await outcomeOf(task.run({ signal: stop.signal, onProgress }));
    all.delete(id);
    if (end !== null && stop.signal.aborted) return;
    if (end !== null) failures.keep(id, { task, error: end });
    task.onEnd(end);
  });
  let lastId = 0;

  function enqueue(id: string, task: TransferTask): void {
    all.set(id, begin(task));
    queue.push(id);
  }

  return {
    add(task) {
      lastId += 1;
      enqueue(`hand-${lastId}`, task);
    },
    cancel(id) {
      all.get(id)?.stop.abort();
      if (queue.remove(id)) all.delete(id);
    },
    retry(only) {
      for (const [id, { task }] of failures.take(only)) enqueue(id, task);
    },
    dismiss: (id) => void failures.take(id),
    failed: failures.list,
    list: (limit) => [...all].slice(0, limit).map(([id, transfer]) => toTransfer(id, transfer)),
    get count() {
      return all.size;
    },
    [Symbol.dispose]() {
      queue.clear();
      for (const { stop } of all.values()) stop.abort();
    },
  };
}

/** Runs a few at once, in the order in which they came. */
function createQueue(run: (id: string) => Promise<void>) {
  const waiting: string[] = [];
  let running = 0;

  async function runOne(id: string): Promise<void> {
    running += 1;
    await run(id);
    running -= 1;
    pump();
  }

  function pump(): void {
    while (running < AT_ONCE) {
      const id = waiting.shift();
      if (id === undefined) return;
      void runOne(id);
    }
  }

  return {
    push(id: string): void {
      waiting.push(id);
      pump();
    },
    /** Whether it was still waiting. */
    remove(id: string): boolean {
      const at = waiting.indexOf(id);
      if (at !== -1) waiting.splice(at, 1);
      return at !== -1;
    },
    clear(): void {
      waiting.length = 0;
    },
  };
}

/** Those that failed, until somebody has decided. */
function createFailures() {
  const kept = new Map<string, Failed>();
  return {
    keep: (id: string, failed: Failed) => void kept.set(id, failed),
    /** Takes out the one that is named, or all. */
    take(only?: string): [string, Failed][] {
      const taken = [...kept].filter(([id]) => only === undefined || id === only);
      for (const [id] of taken) kept.delete(id);
      return taken;
    },
    list: (): FailedTransfer[] =>
      [...kept].map(([id, { task, error }]) => ({ id, kind: task.kind, path: task.path, error })),
  };
}

const begin = (task: TransferTask): Running => ({
  task,
  speedometer: createSpeedometer(),
  stop: new AbortController(),
  doneBytes: 0,
});

const outcomeOf = (run: Promise<void>): Promise<unknown> =>
  run.then(
    () => null,
    (error: unknown) => error,
  );

function toTransfer(id: string, { task, speedometer, doneBytes }: Running): Transfer {
  const bytesPerSecond = speedometer.sample(doneBytes, performance.now());
  const { kind, path, sizeBytes } = task;
  const left = secondsLeft(sizeBytes - doneBytes, bytesPerSecond);
  return { id, kind, path, sizeBytes, doneBytes, bytesPerSecond, secondsLeft: left };
}
