import type { Transfer } from '../shared/app-state.ts';
import { beginTransfer, type RunningTransfer, runTransfer, type TransferTask } from './running-transfer.ts';
import { createTransferQueue } from './transfer-queue.ts';

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
  const all = new Map<string, RunningTransfer<TransferTask>>();
  const failures = createFailures();
  let isDisposed = false;
  const queue = createTransferQueue(async (id) => {
    const transfer = all.get(id);
    if (transfer === undefined) return;
    const { task, stop } = transfer;
    const end = await outcomeOf(runTransfer(transfer));
    all.delete(id);
    if (end !== null && stop.signal.aborted) {
      if (!isDisposed) task.onForgotten?.();
      return;
    }
    if (end !== null) failures.keep(id, { task, error: end });
    task.onEnd(end);
  });

  function enqueue(id: string, task: TransferTask): void {
    all.set(id, beginTransfer(task));
    queue.push(id);
  }

  return {
    all: all as ReadonlyMap<string, RunningTransfer>,
    add: (task: TransferTask) => enqueue(nextId(), task),
    addFailed: (task: TransferTask, error: unknown) => failures.keep(nextId(), { task, error }),
    cancel(id: string): void {
      all.get(id)?.stop.abort();
      if (!queue.remove(id)) return;
      all.get(id)?.task.onForgotten?.();
      all.delete(id);
    },
    retry(only?: string): void {
      for (const [id, { task }] of failures.take(only)) enqueue(id, task);
    },
    dismiss(id: string): void {
      for (const [, { task }] of failures.take(id)) task.onForgotten?.();
    },
    failed: failures.list,
    /** No more of them begins. */
    [Symbol.dispose](): void {
      isDisposed = true;
      queue.clear();
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

/** null: it went well. */
const outcomeOf = (run: Promise<void>): Promise<unknown> =>
  run.then(
    () => null,
    (error: unknown) => error,
  );
