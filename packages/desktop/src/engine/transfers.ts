import { createSpeedometer } from '@instashare/sync';
import { AppFailure } from '../shared/app-failure.ts';
import type { Transfer } from '../shared/app-state.ts';
import { secondsLeft } from './speed.ts';
import { createTransferQueue } from './transfer-queue.ts';

export interface TransferProgress {
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number) => void;
}

/** Downloads and uploads that a person asked for by hand. */
export interface Transfers extends Disposable {
  /** Runs a task after those before it, shown meanwhile. Never rejects: how it ended is told by `onEnd`. */
  add(task: TransferTask): void;
  /**
   * Runs one that somebody waits for: at once, however many others there are. They are told how it ended, so it is not kept
   * when it fails. Called off, it rejects with `cancelled`.
   */
  runNow(task: AwaitedTask): Promise<void>;
  /** One that failed before, in an earlier run of the app. */
  addFailed(task: TransferTask, error: unknown): void;
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
  /** Without those that somebody waits for. */
  readonly queuedCount: number;
  readonly downloadCount: number;
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
  /** Somebody wants no more of it: it was called off, or dismissed after it had failed. */
  readonly onForgotten?: () => void;
}

export type AwaitedTask = Pick<TransferTask, 'kind' | 'path' | 'sizeBytes' | 'run'>;

interface Running {
  readonly task: AwaitedTask;
  readonly speedometer: ReturnType<typeof createSpeedometer>;
  readonly stop: AbortController;
  doneBytes: number;
}

interface Queued extends Running {
  readonly task: TransferTask;
}

interface Failed {
  readonly task: TransferTask;
  readonly error: unknown;
}

export function createTransfers(): Transfers {
  const queued = new Map<string, Queued>();
  const awaited = new Map<string, Running>();
  const failures = createFailures();
  const queue = createTransferQueue(async (id) => {
    const transfer = queued.get(id);
    if (transfer === undefined) return;
    const { task, stop } = transfer;
    const end = await outcomeOf(run(transfer));
    queued.delete(id);
    if (end !== null && stop.signal.aborted) {
      if (!isDisposed) task.onForgotten?.();
      return;
    }
    if (end !== null) failures.keep(id, { task, error: end });
    task.onEnd(end);
  });
  let lastId = 0;
  let isDisposed = false;

  function nextId(): string {
    lastId += 1;
    return `hand-${lastId}`;
  }

  function enqueue(id: string, task: TransferTask): void {
    queued.set(id, { ...begin(), task });
    queue.push(id);
  }

  return {
    add: (task) => enqueue(nextId(), task),
    addFailed: (task, error) => failures.keep(nextId(), { task, error }),
    async runNow(task) {
      const id = nextId();
      const transfer = { ...begin(), task };
      awaited.set(id, transfer);
      const end = await outcomeOf(run(transfer));
      awaited.delete(id);
      if (end !== null) throw transfer.stop.signal.aborted ? new AppFailure(CANCELLED) : end;
    },
    cancel(id) {
      (awaited.get(id) ?? queued.get(id))?.stop.abort();
      if (!queue.remove(id)) return;
      queued.get(id)?.task.onForgotten?.();
      queued.delete(id);
    },
    retry(only) {
      for (const [id, { task }] of failures.take(only)) enqueue(id, task);
    },
    dismiss(id) {
      for (const [, { task }] of failures.take(id)) task.onForgotten?.();
    },
    failed: failures.list,
    list(limit) {
      const first = [...awaited].map(([id, transfer]) => toTransfer(id, transfer, true));
      const rest = [...queued].slice(0, Math.max(0, limit - first.length));
      return [...first, ...rest.map(([id, transfer]) => toTransfer(id, transfer, false))];
    },
    get count() {
      return awaited.size + queued.size;
    },
    get queuedCount() {
      return queued.size;
    },
    get downloadCount() {
      return [...awaited.values(), ...queued.values()].filter(({ task }) => task.kind === 'download').length;
    },
    [Symbol.dispose]() {
      isDisposed = true;
      queue.clear();
      for (const { stop } of [...awaited.values(), ...queued.values()]) stop.abort();
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

const CANCELLED = { code: 'cancelled', message: 'It was called off' };

const begin = (): Omit<Running, 'task'> => ({
  speedometer: createSpeedometer(),
  stop: new AbortController(),
  doneBytes: 0,
});

function run(transfer: Running): Promise<void> {
  const onProgress = (doneBytes: number) => void (transfer.doneBytes = doneBytes);
  return transfer.task.run({ signal: transfer.stop.signal, onProgress });
}

/** null: it went well. */
const outcomeOf = (run: Promise<void>): Promise<unknown> =>
  run.then(
    () => null,
    (error: unknown) => error,
  );

function toTransfer(id: string, { task, speedometer, doneBytes }: Running, isAwaited: boolean): Transfer {
  const bytesPerSecond = speedometer.sample(doneBytes, performance.now());
  const { kind, path, sizeBytes } = task;
  const left = secondsLeft(sizeBytes - doneBytes, bytesPerSecond);
  return { id, kind, path, sizeBytes, doneBytes, bytesPerSecond, secondsLeft: left, isAwaited };
}
