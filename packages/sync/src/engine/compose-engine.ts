import { createChanges } from './changes.ts';
import { createDiscovery, type Discovery } from './discovery.ts';
import type { SyncEnvironment } from './environment.ts';
import type { FolderSyncOptions } from './folder-sync.ts';
import { forgettingFailed } from './forget-failed.ts';
import { createGate, type Waiting } from './gate.ts';
import { isWithinExcluded } from './look-at.ts';
import { createLookout } from './lookout.ts';
import { createPause, pausable } from './pause.ts';
import { createProblems } from './problems.ts';
import { createRoom } from './room.ts';
import { createRootGuard } from './root-guard.ts';
import { classOf, GIVE_UP_AFTER_FAILURES } from './settle-items.ts';
import type { WorkItem } from './work-item.ts';
import { createWorkList } from './work-list.ts';
import { createWorkerPool, type LaneLimits } from './worker-pool.ts';

/** What a server on the same machine takes without being held up, measured. */
const DEFAULT_LIMITS: LaneLimits = { small: 3, large: 2 };
/** Some 15 MB, and enough that the workers never wait for the scan. */
const MAX_PENDING = 20_000;

export interface EngineOptions extends FolderSyncOptions {
  readonly signal: AbortSignal;
}

export interface EngineListener {
  /** Everything waits, for longer, or (null) not any more. */
  readonly onWaiting: (waiting: Waiting | null) => void;
  /** Something has been done. */
  readonly onNews: () => void;
  /** All that was noticed so far has been looked at. */
  readonly onCaughtUp: () => void;
}

export type Engine = ReturnType<typeof composeEngine>;

/** The parts of the engine for one folder, joined. They call each other back; none does so before the lookout starts. */
export function composeEngine(env: SyncEnvironment, options: EngineOptions, listener: EngineListener) {
  const { isExcluded = () => false, limits = DEFAULT_LIMITS, maxPending = MAX_PENDING } = options;
  const { mode, onEvent, prefix = '', signal } = options;
  const problems = createProblems();
  const list = createWorkList(env.clock, () => pool.pump());
  const room = createRoom({ list, maxPending, signal });
  const onOpen = () => {
    pool.pump();
    changes.pump();
  };
  const onChange = () => {
    pool.repump();
    changes.pump();
  };
  const pause = createPause({ state: env.state, mode, onEvent, onChange });
  const gate = pausable(createGate({ ...env, onOpen, onWaiting: tellingWaits(onEvent, listener) }), pause);
  const guard = createRootGuard(env);
  const parts = { env, list, gate, guard, pause, problems, onEvent, mode, isExcluded, prefix, signal };
  const changes = createChanges({
    ...parts,
    ...changeRules(options),
    look: (localPath) => discovery.look(localPath),
    onSettled() {
      // It may have tried the server for all, and not have needed it.
      pool.pump();
      listener.onNews();
    },
  });
  const { moves, removals } = changes;
  const finding = { ...parts, moves, removals, waitForRoom: () => room.wait() };
  const discovery = forgettingFailed(env, createDiscovery(finding));
  const lookout = createLookout({ ...parts, discovery, onCaughtUp });
  const pool = createWorkerPool({ context: parts, limits, isFilling: () => lookout.isScanning(), onSettled });

  function onCaughtUp(): void {
    pool.pump();
    listener.onCaughtUp();
  }

  function onSettled(items: readonly WorkItem[]): void {
    room.update();
    changes.pump();
    lookAgain(discovery, items, listener.onNews);
  }

  return {
    ...parts,
    lookout,
    moves,
    pool,
    removals,
    [Symbol.asyncDispose]: () => stop(lookout, [pool, changes], [gate, list]),
  };
}

async function stop(
  lookout: AsyncDisposable,
  workers: readonly AsyncDisposable[],
  others: readonly Disposable[],
): Promise<void> {
  await lookout[Symbol.asyncDispose]();
  await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
  for (const part of others) part[Symbol.dispose]();
}

/** Tells the person, and the one who waits for the end, that everything waits, or goes on (null). */
function tellingWaits(onEvent: EngineOptions['onEvent'], listener: Pick<EngineListener, 'onWaiting'>) {
  return (waiting: Waiting | null): void => {
    onEvent(waiting === null ? { type: 'resumed' } : { type: 'waiting', ...waiting });
    listener.onWaiting(waiting);
  };
}

function changeRules({ isExcluded = () => false, keepDeleted, mode }: EngineOptions) {
  return {
    isWanted: keepDeleted !== true,
    isLeftAlone: (localPath: string) => isWithinExcluded(localPath, isExcluded),
    maxFailures: mode === 'once' ? GIVE_UP_AFTER_FAILURES : Number.POSITIVE_INFINITY,
    classOf: (error: unknown) => classOf({ mode }, error),
  };
}

/** Looks at those that were touched while they were worked on; then, or at once when there is none, calls back. */
function lookAgain({ look }: Pick<Discovery, 'look'>, items: readonly WorkItem[], onDone: () => void): void {
  const dirty = items.filter((item) => item.isDirty);
  if (dirty.length === 0) onDone();
  else void Promise.all(dirty.map(({ localPath }) => look(localPath))).then(onDone);
}
