import { describeFailure } from '../model/failure.ts';
import type { Discovery } from './discovery.ts';
import type { SyncEnvironment } from './environment.ts';
import { createHintQueue } from './hint-queue.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Problems } from './problems.ts';
import type { SyncEvent } from './sync-event.ts';
import { createWatch } from './watch.ts';

/** Keeps an eye on the folder: scans are the truth, the system's hints only make it known sooner. */
export interface Lookout extends AsyncDisposable {
  /** Begins to watch, then scans. Rejects when the folder can't be read. */
  start(): Promise<void>;
  /** True while something may still be found by what has happened so far. */
  isBusy(): boolean;
  isScanning(): boolean;
  /** Places that something is said to have happened at are still being looked at. */
  isLooking(): boolean;
  /** Looks at these local paths as well. */
  lookAgain(localPaths: readonly string[]): void;
  /** Looks at everything, once more when it is just doing so. Never rejects. */
  rescan(): Promise<void>;
}

export interface LookoutOptions {
  readonly env: Pick<SyncEnvironment, 'clock' | 'random' | 'watcher'>;
  readonly discovery: Discovery;
  readonly mode: 'once' | 'watch';
  readonly problems: Problems;
  readonly onEvent: (event: SyncEvent) => void;
  /** It has just stopped being busy. */
  readonly onCaughtUp: () => void;
  readonly signal: AbortSignal;
}

/** With hints a scan only finds what they missed. */
const WATCHED_INTERVAL_MS = 300_000;
/** Without hints it is all there is: often, but never most of the time. */
const POLL_INTERVAL_MS = 5_000;
const POLL_SCAN_SHARE = 0.05;

/** Many engines that were started together do not scan together. */
const withJitter = (ms: number, random: () => number) => ms * (0.8 + random() * 0.4);

export function createLookout(options: LookoutOptions): Lookout {
  const { env, discovery, mode, signal } = options;
  const hints = createHintQueue(discovery, { onRules: () => void rescan(), onDrained: caughtUp });
  const watch = createWatch({ ...options, watcher: env.watcher, onHint: hints.add, onLost: planRescan });
  let isScanning = false;
  let lastScanMs = 0;
  let cancelRescan = () => {};
  const scan = oneAtATime(scanNow);

  function caughtUp(): void {
    if (!isScanning && !hints.isBusy) options.onCaughtUp();
  }

  async function scanNow(): Promise<void> {
    isScanning = true;
    cancelRescan();
    const startedAtMs = env.clock.now().monotonicMs;
    try {
      // In this order: what happens while the scan runs must not fall between the two.
      if (mode === 'watch') await watch.begin();
      await discovery.scan();
      watch.confirm();
    } finally {
      isScanning = false;
      lastScanMs = env.clock.now().monotonicMs - startedAtMs;
      planRescan();
    }
    caughtUp();
  }

  function planRescan(): void {
    cancelRescan();
    if (mode === 'once' || isScanning || signal.aborted) return;
    const intervalMs = intervalAfter(watch.isOn, lastScanMs);
    cancelRescan = env.clock.after(withJitter(intervalMs, env.random), () => void rescan());
  }

  const rescan = () => scan().catch((error: unknown) => tellUnreadable(options, error));

  return {
    start: scan,
    rescan,
    isBusy: () => isScanning || hints.isBusy,
    isScanning: () => isScanning,
    isLooking: () => hints.isBusy,
    lookAgain: hints.add,
    async [Symbol.asyncDispose]() {
      cancelRescan();
      await watch[Symbol.asyncDispose]();
    },
  };
}

function intervalAfter(isWatched: boolean, lastScanMs: number): number {
  return isWatched ? WATCHED_INTERVAL_MS : Math.max(POLL_INTERVAL_MS, lastScanMs / POLL_SCAN_SHARE);
}

/** The folder itself can't be read. The next scan that gets through takes the problem away. */
function tellUnreadable({ problems, onEvent, signal }: LookoutOptions, error: unknown): void {
  if (signal.aborted) return;
  const problem = { localPath: '', ...describeFailure(error) };
  if (problems.add(problem, null)) onEvent({ type: 'problem', ...problem });
}
