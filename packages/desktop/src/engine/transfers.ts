import type { Transfer } from '../shared/app-state.ts';
import { createAwaitedTransfers } from './awaited-transfers.ts';
import { createQueuedTransfers, type FailedTransfer } from './queued-transfers.ts';
import { type AwaitedTask, type TransferTask, toTransfer } from './running-transfer.ts';

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
  /** Whether uploads that are queued may not run now; downloads may. */
  holdUploads(isHeld: boolean): void;
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

export function createTransfers(): Transfers {
  let lastId = 0;
  function nextId(): string {
    lastId += 1;
    return `hand-${lastId}`;
  }
  const awaited = createAwaitedTransfers(nextId);
  const queued = createQueuedTransfers(nextId);
  const running = () => [...awaited.running.values(), ...queued.all.values()];
  return {
    add: queued.add,
    addFailed: queued.addFailed,
    runNow: (task) => awaited.run(task),
    holdUploads: (isHeld) => queued.holdUploads(isHeld),
    cancel(id) {
      awaited.cancel(id);
      queued.cancel(id);
    },
    retry: (id) => queued.retry(id),
    dismiss: (id) => queued.dismiss(id),
    failed: queued.failed,
    list(limit) {
      const first = [...awaited.running].map(([id, transfer]) => toTransfer(id, transfer, true));
      const rest = [...queued.all].slice(0, Math.max(0, limit - first.length));
      return [...first, ...rest.map(([id, transfer]) => toTransfer(id, transfer, false))];
    },
    get count() {
      return awaited.running.size + queued.all.size;
    },
    get queuedCount() {
      return queued.all.size;
    },
    get downloadCount() {
      return running().filter(({ task }) => task.kind === 'download').length;
    },
    [Symbol.dispose]() {
      queued[Symbol.dispose]();
      for (const { stop } of running()) stop.abort();
    },
  };
}
