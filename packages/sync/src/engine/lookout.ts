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
  /** Files at places that were not looked at yet may soon be found: of these hints tell, or will tell from then on. */
  isLooking(): boolean;
  /** Looks at these local paths as well. */
  lookAt(localPaths: readonly string[]): void;
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
  const hints = createHintQueue(discovery, { onMore: () => void rescan(), onDrained: caughtUp });
  const plan = createPlan(options, { isWatched: () => watch.isOn, rescan: () => void rescan() });
  const onLost = () => plan.again();
  const watch = createWatch({ ...options, watcher: env.watcher, onHint: hints.add, onLost });
  let isScanning = false;
  // No hint tells of a folder before it is listed.
  let isFollowing = false;
  let rescans = 0;
  const scan = oneAtATime(scanNow);
  // One that is asked for while another is under way comes after it.
  const isBusy = () => isScanning || rescans > 0 || hints.isBusy;

  function caughtUp(): void {
    if (!isBusy()) options.onCaughtUp();
  }

  async function scanNow(): Promise<void> {
    isScanning = true;
    plan.begun();
    isFollowing = mode === 'watch' && !watch.isOn;
    try {
      // In this order: what happens while the scan runs must not fall between the two.
      if (mode === 'watch') await watch.begin();
      await discovery.scan();
      watch.confirm();
    } finally {
      isScanning = false;
      isFollowing = false;
      plan.ended();
    }
    caughtUp();
  }

  async function rescan(): Promise<void> {
    rescans += 1;
    await scan().catch((error: unknown) => tellUnreadable(options, error));
    rescans -= 1;
    caughtUp();
  }

  return {
    start: scan,
    rescan,
    isBusy,
    isScanning: () => isScanning,
    isLooking: () => hints.isBusy || isFollowing,
    lookAt: (localPaths) => void (signal.aborted ? null : hints.add(localPaths)),
    async [Symbol.asyncDispose]() {
      plan.cancel();
      await watch[Symbol.asyncDispose]();
    },
  };
}

interface PlanOptions {
  readonly isWatched: () => boolean;
  readonly rescan: () => void;
}

/** When everything is looked at again. */
function createPlan({ env, mode, signal }: LookoutOptions, { isWatched, rescan }: PlanOptions) {
  const now = () => env.clock.now().monotonicMs;
  let cancel = () => {};
  let startedAtMs: number | null = null;
  let lastScanMs = 0;
  function again(): void {
    cancel();
    if (mode === 'once' || startedAtMs !== null || signal.aborted) return;
    cancel = env.clock.after(withJitter(intervalAfter(isWatched(), lastScanMs), env.random), rescan);
  }
  return {
    again,
    cancel: () => cancel(),
    begun(): void {
      cancel();
      startedAtMs = now();
    },
    ended(): void {
      lastScanMs = now() - (startedAtMs ?? now());
      startedAtMs = null;
      again();
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
