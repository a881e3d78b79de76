import { createBundleBudget } from './bundle-budget.ts';
import type { ProcessContext } from './settle-items.ts';
import { createStartWork } from './start-work.ts';
import type { Lane, WorkItem } from './work-item.ts';

/** At most so many large files at once; of small ones so many bundles. */
export type LaneLimits = Readonly<Record<Lane, number>>;

/** Takes what is ready and works on it, so many at once. */
export interface WorkerPool extends AsyncDisposable {
  /** Soon starts as much as there is room for: what is found in one go, goes together. */
  pump(): void;
  /** Breaks off the large files that are under way, and pumps: those that may go on do so where they were. */
  repump(): void;
  /** False while anything is being worked on. */
  isIdle(): boolean;
}

export interface WorkerPoolOptions {
  readonly context: ProcessContext;
  readonly limits: LaneLimits;
  /** More is being found at this moment. */
  readonly isFilling: () => boolean;
  /** Items that were worked on together are done with, for better or worse. */
  readonly onSettled: (items: readonly WorkItem[]) => void;
}

/** What is found first waits this long for company: alone it would cost a request that hundreds can share. */
const FILL_MS = 20;
/** Small files that are on their way get this long to arrive when the engine stops; large ones are resumed later. */
const GRACE_MS = 1_500;

export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { context, limits, onSettled } = options;
  const running: Record<Lane, Set<Promise<void>>> = { small: new Set(), large: new Set() };
  const aborts: Record<Lane, AbortController> = {
    small: new AbortController(),
    large: new AbortController(),
  };
  const budget = createBundleBudget(context.pace);
  const startWork = createStartWork(context, budget, aborts);
  const mostOf = (lane: Lane) => (lane === 'small' && budget.isSlow ? 1 : limits[lane]);
  const starts = createStarts(options, startAll);
  let isStopping = false;

  function startOne(lane: Lane): boolean {
    const started = startWork(lane);
    if (started === null) return false;
    const work = started.done.then(() => {
      running[lane].delete(work);
      onSettled(started.items);
      starts.soon();
    });
    running[lane].add(work);
    return true;
  }

  function startAll(): void {
    if (isStopping) return;
    for (const lane of ['small', 'large'] as const) {
      while (running[lane].size < mostOf(lane) && startOne(lane));
    }
  }

  return {
    pump: () => starts.whenFilled(),
    repump() {
      aborts.large.abort();
      if (!isStopping) aborts.large = new AbortController();
      starts.whenFilled();
    },
    isIdle: () => running.small.size + running.large.size === 0,
    async [Symbol.asyncDispose]() {
      isStopping = true;
      starts[Symbol.dispose]();
      aborts.large.abort();
      const cancelGrace = context.env.clock.after(GRACE_MS, () => aborts.small.abort());
      await Promise.all([...running.small, ...running.large]);
      cancelGrace();
    },
  };
}

/** When to start: all that is asked for in one go, at once. */
function createStarts({ context, isFilling }: WorkerPoolOptions, start: () => void) {
  let isSoon = false;
  let cancelFilling: (() => void) | null = null;
  function run(): void {
    isSoon = false;
    cancelFilling?.();
    cancelFilling = null;
    start();
  }
  function soon(): void {
    if (isSoon) return;
    isSoon = true;
    queueMicrotask(run);
  }
  return {
    soon,
    /** A little later while more is being found. */
    whenFilled(): void {
      if (isFilling()) cancelFilling ??= context.env.clock.after(FILL_MS, run);
      else soon();
    },
    [Symbol.dispose]: () => cancelFilling?.(),
  };
}
