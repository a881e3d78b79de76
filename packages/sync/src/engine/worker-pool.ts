import type { ProcessContext } from './settle-items.ts';
import { createStartWork } from './start-work.ts';
import type { Lane, WorkItem } from './work-item.ts';

/** So many large files at once; of small ones so many bundles. */
export type LaneLimits = Readonly<Record<Lane, number>>;

/** Takes what is ready and works on it, so many at once. */
export interface WorkerPool extends AsyncDisposable {
  /** Soon starts as much as there is room for: what is found in one go, goes together. */
  pump(): void;
  /** Breaks off the large files that are under way, and pumps: those that may go on do so where they were. */
  repump(): void;
}

export interface WorkerPoolOptions {
  readonly context: ProcessContext;
  readonly limits: LaneLimits;
  /** Items that were worked on together are done with, for better or worse. */
  readonly onSettled: (items: readonly WorkItem[]) => void;
}

/** Small files that are on their way get this long to arrive when the engine stops; large ones are resumed later. */
const GRACE_MS = 1_500;

export function createWorkerPool({ context, limits, onSettled }: WorkerPoolOptions): WorkerPool {
  const running: Record<Lane, Set<Promise<void>>> = { small: new Set(), large: new Set() };
  const aborts: Record<Lane, AbortController> = {
    small: new AbortController(),
    large: new AbortController(),
  };
  const startWork = createStartWork(context, aborts);
  let isPumping = false;
  let isStopping = false;

  function startOne(lane: Lane): boolean {
    const started = startWork(lane);
    if (started === null) return false;
    const work = started.done.then(() => {
      running[lane].delete(work);
      onSettled(started.items);
      pump();
    });
    running[lane].add(work);
    return true;
  }

  function startAll(): void {
    isPumping = false;
    if (isStopping) return;
    for (const lane of ['small', 'large'] as const) {
      while (running[lane].size < limits[lane] && startOne(lane));
    }
  }

  function pump(): void {
    if (isPumping) return;
    isPumping = true;
    queueMicrotask(startAll);
  }

  return {
    pump,
    repump() {
      aborts.large.abort();
      if (!isStopping) aborts.large = new AbortController();
      pump();
    },
    async [Symbol.asyncDispose]() {
      isStopping = true;
      aborts.large.abort();
      const cancelGrace = context.env.clock.after(GRACE_MS, () => aborts.small.abort());
      await Promise.all([...running.small, ...running.large]);
      cancelGrace();
    },
  };
}
