import { createDiscovery, type Discovery } from './discovery.ts';
import { endForgottenUploads } from './end-forgotten-uploads.ts';
import type { SyncEnvironment } from './environment.ts';
import { createFinish, type Finish } from './finish.ts';
import { createFolderControl, type FolderControl } from './folder-control.ts';
import { forgettingFailed } from './forget-failed.ts';
import { createGate, type Waiting } from './gate.ts';
import { createLookout } from './lookout.ts';
import { createPause, pausable } from './pause.ts';
import { createProblems } from './problems.ts';
import { createRoom } from './room.ts';
import { statusOf } from './status-of.ts';
import type { FileProblem, SyncEvent, SyncStatus } from './sync-event.ts';
import type { WorkItem } from './work-item.ts';
import { createWorkList } from './work-list.ts';
import { createWorkerPool, type LaneLimits } from './worker-pool.ts';

export interface FolderSyncOptions {
  /** `once`: until everything there is stored; `watch`: until disposed. */
  readonly mode: 'once' | 'watch';
  readonly onEvent: (event: SyncEvent) => void;
  /** Folder on the server to put everything into; '' (the default) is the root of the account. */
  readonly prefix?: string;
  /** Paths, below the folder, that are none of ours to upload. */
  readonly isExcluded?: (localPath: string) => boolean;
  readonly limits?: LaneLimits;
  /** More files than this are not kept in memory to be uploaded: the scan waits for those before. */
  readonly maxPending?: number;
  /** How long `once` waits for a server that does not answer. */
  readonly giveUpAfterMs?: number;
}

/** One folder on its way up. It never changes anything in the folder. */
export interface FolderSync extends AsyncDisposable {
  /** Begins; resolves when the first scan is through. Rejects when the folder can't be read. */
  start(): Promise<void>;
  /**
   * In mode `once`: resolves when everything is stored but for {@link problems}, rejects when it had to be
   * given up. In mode `watch` it never settles.
   */
  readonly finished: Promise<void>;
  status(): SyncStatus;
  problems(): FileProblem[];
  readonly control: FolderControl;
}

/** What a server on the same machine takes without being held up, measured. */
const DEFAULT_LIMITS: LaneLimits = { small: 3, large: 2 };
const GIVE_UP_AFTER_MS = 60_000;
/** Some 15 MB, and enough that the workers never wait for the scan. */
const MAX_PENDING = 20_000;

export function createFolderSync(env: SyncEnvironment, options: FolderSyncOptions): FolderSync {
  const { mode, isExcluded = () => false, limits = DEFAULT_LIMITS, maxPending = MAX_PENDING } = options;
  const stopping = new AbortController();
  const finish = createFinish({ giveUpAfterMs: GIVE_UP_AFTER_MS, ...options, clock: env.clock });
  const problems = createProblems();
  const { onEvent, sentBytes } = countSent(options.onEvent);
  // The parts call each other back; none does so before start().
  const list = createWorkList(env.clock, () => pool.pump());
  const room = createRoom({ list, maxPending, signal: stopping.signal });
  const onWaiting = tellingWaits(onEvent, finish);
  const pause = createPause({ state: env.state, mode, onEvent, onChange: () => pool.repump() });
  const gate = pausable(createGate({ ...env, onOpen: () => pool.pump(), onWaiting }), pause);
  const { prefix = '' } = options;
  const parts = { env, list, gate, problems, onEvent, mode, isExcluded, prefix, signal: stopping.signal };
  const discovery = forgettingFailed(env, createDiscovery({ ...parts, waitForRoom: () => room.wait() }));
  const lookout = createLookout({ ...parts, discovery, onCaughtUp });
  const pool = createWorkerPool({ context: parts, limits, isFilling: () => lookout.isScanning(), onSettled });
  // It is news only after there was something to do.
  let isNews = true;

  function onSettled(items: readonly WorkItem[]): void {
    isNews = true;
    room.update();
    lookAgain(discovery, items, announce);
  }

  function onCaughtUp(): void {
    pool.pump();
    announce();
  }

  function announce(): void {
    if (list.size > 0 || !pool.isIdle() || lookout.isBusy() || stopping.signal.aborted) return;
    list.tally.reset();
    if (isNews) onEvent({ type: 'up_to_date', ...env.state.totals(), problems: problems.size });
    isNews = false;
    finish.done();
  }

  return {
    finished: finish.promise,
    control: createFolderControl({ ...parts, lookout, pause }),
    problems: () => problems.list(),
    status: () => statusOf({ list, lookout, problems, gate, pause, sentBytes: sentBytes() }),
    async start() {
      pause.tell();
      await lookout.start();
      await endForgottenUploads(env, list);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      for (const part of [lookout, pool]) await part[Symbol.asyncDispose]();
      for (const part of [gate, list, finish]) part[Symbol.dispose]();
    },
  };
}

/** Tells the person, and the one who waits for the end, that everything waits, or goes on (null). */
function tellingWaits(onEvent: (event: SyncEvent) => void, finish: Finish) {
  return (waiting: Waiting | null): void => {
    onEvent(waiting === null ? { type: 'resumed' } : { type: 'waiting', ...waiting });
    finish.onWaiting(waiting);
  };
}

/** Looks at those that were touched while they were worked on; then, or at once when there is none, calls back. */
function lookAgain({ look }: Pick<Discovery, 'look'>, items: readonly WorkItem[], onDone: () => void): void {
  const dirty = items.filter((item) => item.isDirty);
  if (dirty.length === 0) onDone();
  else void Promise.all(dirty.map(({ localPath }) => look(localPath))).then(onDone);
}

/** Passes events on and adds up what went over the line. */
function countSent(onEvent: (event: SyncEvent) => void) {
  let sentBytes = 0;
  return {
    sentBytes: () => sentBytes,
    onEvent: (event: SyncEvent) => {
      if (event.type === 'stored') sentBytes += event.sentBytes;
      onEvent(event);
    },
  };
}
