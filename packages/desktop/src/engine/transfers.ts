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
  const queue: string[] = [];
  const failures = createFailures();
  let running = 0;
  let lastId = 0;

  function pump(): void {
    while (running < AT_ONCE) {
      const id = queue.shift();
      const next = id === undefined ? undefined : all.get(id);
      if (id === undefined) return;
      if (next === undefined) continue;
      running += 1;
      void run(id, next);
    }
  }

  async function run(id: string, transfer: Running): Promise<void> {
    const { task, stop } = transfer;
    const onProgress = (doneBytes: number) => void (transfer.doneBytes = doneBytes);
    const end = await outcomeOf(task.run({ signal: stop.signal, onProgress }));
    all.delete(id);
    running -= 1;
    if (end !== null && !stop.signal.aborted) failures.keep(id, { task, error: end });
    if (end === null || !stop.signal.aborted) task.onEnd(end);
    pump();
  }

  function enqueue(id: string, task: TransferTask): void {
    all.set(id, begin(task));
    queue.push(id);
    pump();
  }

  return {
    add(task) {
      lastId += 1;
      enqueue(`hand-${lastId}`, task);
    },
    retry(only) {
      for (const [id, { task }] of failures.take(only)) enqueue(id, task);
    },
    dismiss: (id) => void failures.take(id),
    failed: failures.list,
    cancel(id) {
      all.get(id)?.stop.abort();
      const at = queue.indexOf(id);
      if (at === -1) return;
      queue.splice(at, 1);
      all.delete(id);
    },
    list: (limit) => [...all].slice(0, limit).map(([id, transfer]) => toTransfer(id, transfer)),
    get count() {
      return all.size;
    },
    [Symbol.dispose]() {
      queue.length = 0;
      for (const { stop } of all.values()) stop.abort();
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
