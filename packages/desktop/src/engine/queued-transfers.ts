import type { Transfer } from '../shared/app-state.ts';
import { beginTransfer, type RunningTransfer, runTransfer, type TransferTask } from './running-transfer.ts';
import { createTransferQueue } from './transfer-queue.ts';
import { createTransferTable } from './transfer-table.ts';

export interface FailedTransfer {
  readonly id: string;
  readonly kind: Transfer['kind'];
  readonly path: string;
  readonly error: unknown;
}

interface Failed {
  readonly task: TransferTask;
  readonly error: unknown;
}

/** Transfers that run a few at once, in their order; those that fail are kept. */
export function createQueuedTransfers(nextId: () => string) {
  const table = createTransferTable();
  const { all } = table;
  const failures = createFailures();
  const hold = createHold(all);
  let isDisposed = false;
  const queue = createTransferQueue(async (id) => {
    const transfer = all.get(id);
    if (transfer === undefined) return;
    const { task, stop } = transfer;
    const end = await outcomeOf(runTransfer(transfer));
    if (hold.hasStopped(id) && end !== null && !isDisposed) {
      // In its old place, and shown as far as it was.
      table.set(id, { ...beginTransfer(task), doneBytes: transfer.doneBytes });
      queue.putBack(id);
      return;
    }
    table.remove(id);
    if (end !== null && stop.signal.aborted) {
      if (!isDisposed) task.onForgotten?.();
      return;
    }
    if (end !== null) failures.keep(id, { task, error: end });
    task.onEnd(end);
  }, hold.lets);

  function enqueue(id: string, task: TransferTask): void {
    if (isDisposed) return;
    table.set(id, beginTransfer(task));
    queue.push(id);
  }

  return {
    table,
    add: (task: TransferTask) => enqueue(nextId(), task),
    addFailed: (task: TransferTask, error: unknown) => failures.keep(nextId(), { task, error }),
    /** Uploads that run are stopped, and run again when they are held no more. */
    holdUploads(isHeld: boolean): void {
      if (hold.set(isHeld)) queue.pump();
    },
    cancel(id: string): void {
      hold.hasStopped(id);
      all.get(id)?.stop.abort();
      if (!queue.remove(id)) return;
      all.get(id)?.task.onForgotten?.();
      table.remove(id);
    },
    ...createDecisions(failures, enqueue),
    /** No more of them begins. */
    [Symbol.dispose](): void {
      isDisposed = true;
      queue.clear();
    },
  };
}

/** Uploads that may not run now, and those that were stopped for it. */
function createHold(all: ReadonlyMap<string, RunningTransfer>) {
  const stopped = new Set<string>();
  let isHeld = false;
  const isUpload = (id: string) => all.get(id)?.task.kind === 'upload';
  return {
    lets: (id: string): boolean => !isHeld || !isUpload(id),
    /** Whether others may run from now on. */
    set(wanted: boolean): boolean {
      if (wanted === isHeld) return false;
      isHeld = wanted;
      if (!wanted) return true;
      for (const [id, { isBegun, stop }] of all) {
        if (!isBegun || !isUpload(id) || stop.signal.aborted) continue;
        stopped.add(id);
        stop.abort();
      }
      return false;
    },
    /** Whether it was stopped for it: asked once. */
    hasStopped: (id: string): boolean => stopped.delete(id),
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

/** What a person may decide of those that failed. */
const createDecisions = (
  failures: ReturnType<typeof createFailures>,
  enqueue: (id: string, task: TransferTask) => void,
) => ({
  retry(only?: string): void {
    for (const [id, { task }] of failures.take(only)) enqueue(id, task);
  },
  dismiss(id: string): void {
    for (const [, { task }] of failures.take(id)) task.onForgotten?.();
  },
  failed: failures.list,
});

/** null: it went well. */
const outcomeOf = (run: Promise<void>): Promise<unknown> =>
  run.then(
    () => null,
    (error: unknown) => error,
  );
