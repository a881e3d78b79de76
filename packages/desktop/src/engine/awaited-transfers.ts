import { AppFailure } from '../shared/app-failure.ts';
import { type AwaitedTask, beginTransfer, type RunningTransfer, runTransfer } from './running-transfer.ts';

const CANCELLED = { code: 'cancelled', message: 'It was called off' };

/** Transfers that somebody waits for: none waits for another. */
export function createAwaitedTransfers(nextId: () => string) {
  const running = new Map<string, RunningTransfer>();
  return {
    running: running as ReadonlyMap<string, RunningTransfer>,
    /** Called off it rejects with `cancelled`. */
    async run(task: AwaitedTask): Promise<void> {
      const id = nextId();
      const transfer = beginTransfer(task);
      running.set(id, transfer);
      try {
        await runTransfer(transfer);
      } catch (error) {
        if (transfer.stop.signal.aborted) throw new AppFailure(CANCELLED);
        throw error;
      } finally {
        running.delete(id);
      }
    },
    cancel: (id: string) => running.get(id)?.stop.abort(),
  };
}
