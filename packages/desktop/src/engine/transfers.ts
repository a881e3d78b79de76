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
  const running = () => [...awaited.running.values(), ...queued.table.all.values()];
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
      const told = [...awaited.running].map(([id, transfer]) => toTransfer(id, transfer, true));
      for (const [id, transfer] of queued.table.all) {
        if (told.length >= limit) break;
        told.push(toTransfer(id, transfer, false));
      }
      return told;
    },
    get count() {
      return awaited.running.size + queued.table.all.size;
    },
    get queuedCount() {
      return queued.table.all.size;
    },
    get downloadCount() {
      const awaitedOnes = [...awaited.running.values()].filter(({ task }) => task.kind === 'download');
      return awaitedOnes.length + queued.table.downloadCount;
    },
    [Symbol.dispose]() {
      queued[Symbol.dispose]();
      for (const { stop } of running()) stop.abort();
    },
  };
}
