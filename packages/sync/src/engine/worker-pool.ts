import type { Gate } from './gate.ts';
import { type ProcessContext, processItem } from './process-item.ts';
import type { Lane, WorkItem } from './work-item.ts';
import type { WorkList } from './work-list.ts';

export type LaneLimits = Readonly<Record<Lane, number>>;

/** Takes what is ready and works on it, so many at once. */
export interface WorkerPool extends AsyncDisposable {
  /** Starts as much as there is room for. */
  pump(): void;
  readonly running: number;
}

export interface WorkerPoolOptions {
  readonly context: ProcessContext;
  readonly limits: LaneLimits;
  /** An item is done with, for better or worse. */
  readonly onSettled: (item: WorkItem) => void;
}

/** Small files that are on their way get this long to arrive when the engine stops; large ones are resumed later. */
const GRACE_MS = 1_500;

export function createWorkerPool({ context, limits, onSettled }: WorkerPoolOptions): WorkerPool {
  const { list, gate, env } = context;
  const running: Record<Lane, Set<Promise<void>>> = { small: new Set(), large: new Set() };
  const aborts: Record<Lane, AbortController> = {
    small: new AbortController(),
    large: new AbortController(),
  };
  let isStopping = false;

  function startOne(lane: Lane): boolean {
    const started = takeOne(list, gate, lane);
    if (started === null) return false;
    const work = processItem(context, started, aborts[lane].signal).then(() => {
      running[lane].delete(work);
      onSettled(started.item);
      pump();
    });
    running[lane].add(work);
    return true;
  }

  function pump(): void {
    if (isStopping) return;
    for (const lane of ['small', 'large'] as const) {
      while (running[lane].size < limits[lane] && startOne(lane));
    }
  }

  return {
    pump,
    get running() {
      return running.small.size + running.large.size;
    },
    async [Symbol.asyncDispose]() {
      isStopping = true;
      aborts.large.abort();
      const cancelGrace = env.clock.after(GRACE_MS, () => aborts.small.abort());
      await Promise.all([...running.small, ...running.large]);
      cancelGrace();
    },
  };
}

function takeOne(list: WorkList, gate: Gate, lane: Lane) {
  const ticket = gate.enter();
  if (ticket === null) return null;
  const item = list.take(lane);
  if (item !== undefined) return { item, ticket };
  gate.unused(ticket);
  return null;
}
