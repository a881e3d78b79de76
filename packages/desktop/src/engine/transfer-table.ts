import type { RunningTransfer, TransferTask } from './running-transfer.ts';

/** Transfers by id, in their order, and counted: thousands are asked for a few times a second. */
export function createTransferTable() {
  const all = new Map<string, RunningTransfer<TransferTask>>();
  let downloadCount = 0;

  function remove(id: string): void {
    if (all.get(id)?.task.kind === 'download') downloadCount -= 1;
    all.delete(id);
  }

  return {
    all: all as ReadonlyMap<string, RunningTransfer<TransferTask>>,
    /** One that is in it already is replaced where it is. */
    set(id: string, transfer: RunningTransfer<TransferTask>): void {
      if (!all.has(id) && transfer.task.kind === 'download') downloadCount += 1;
      all.set(id, transfer);
    },
    remove,
    get downloadCount() {
      return downloadCount;
    },
  };
}
