import { createChanges } from './changes.ts';
import { composeParts } from './compose-parts.ts';
import { createDiscovery } from './discovery.ts';
import type { SyncEnvironment } from './environment.ts';
import type { FolderSyncOptions } from './folder-sync.ts';
import { forgettingFailed } from './forget-failed.ts';
import type { Waiting } from './gate.ts';
import { inTurns } from './in-turns.ts';
import { createLookout, type Lookout } from './lookout.ts';
import { classOf, GIVE_UP_AFTER_FAILURES } from './settle-items.ts';
import { wakeful } from './wakeful.ts';
import type { WorkItem } from './work-item.ts';
import type { WorkList } from './work-list.ts';
import { createWorkerPool, type LaneLimits, type WorkerPool } from './worker-pool.ts';

/** What a server on the same machine takes without being held up, measured. */
const DEFAULT_LIMITS: LaneLimits = { small: 3, large: 2 };
const LOOKS_AT_ONCE = 16;

export interface EngineOptions extends FolderSyncOptions {
  readonly signal: AbortSignal;
}

export interface EngineListener {
  /** Everything waits, for longer, or (null) not any more. */
  readonly onWaiting: (waiting: Waiting | null) => void;
  /** Something has been done. */
  readonly onNews: () => void;
  /** What became of files without an answer has been found out, as far as it can be now. */
  readonly onReviewed: () => void;
  /** All that was noticed so far has been looked at. */
  readonly onCaughtUp: () => void;
}

export type Engine = ReturnType<typeof composeEngine>;

/** The parts of the engine for one folder, joined. They call each other back; none does so before the lookout starts. */
export function composeEngine(env: SyncEnvironment, options: EngineOptions, listener: EngineListener) {
  const { limits = DEFAULT_LIMITS } = options;
  const parts = composeParts(env, options, {
    ...listener,
    moving: () => moves.size,
    onReady: () => pool.pump(),
    onOpen: () => [pool, changes].forEach((each) => each.pump()),
    onHold() {
      pool.repump();
      changes.pump();
    },
    onRules: () => breakOffUnwanted(parts, pool),
    onGone: (paths) => removals.suspect(paths),
    onWaiting: tellingWaits(options.onEvent, listener),
  });
  const changes = createChanges({
    ...parts,
    ...changeRules(options),
    lookAgain: (localPaths) => lookWhereSomethingIs(env, lookout, localPaths),
    isLooking: () => lookout.isLooking(),
    onSettled() {
      parts.room.update();
      // It may have tried the server for all, and not have needed it.
      pool.pump();
      listener.onNews();
    },
  });
  const { moves, removals } = changes;
  const discovery = forgettingFailed(env, parts.prefix, createDiscovery({ ...parts, moves, removals }));
  const lookout = wakeful(createLookout({ ...parts, discovery, onCaughtUp }), parts);
  const pool = createWorkerPool({ context: parts, limits, isFilling: () => lookout.isScanning(), onSettled });

  function onCaughtUp(): void {
    pool.pump();
    listener.onCaughtUp();
  }

  function onSettled(items: readonly WorkItem[]): void {
    parts.room.update();
    changes.pump();
    // They were touched while they were worked on.
    lookout.lookAt(items.flatMap(({ isDirty, localPath }) => (isDirty ? localPath : [])));
    listener.onNews();
  }

  return {
    ...parts,
    lookout,
    moves,
    pool,
    removals,
    [Symbol.asyncDispose]: () => stop(lookout, [pool, changes], [parts.gate, parts.list, parts.opening]),
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

/** Of thousands of places that were left there is something at hardly any. */
const lookWhereSomethingIs = (
  { files }: SyncEnvironment,
  lookout: Lookout,
  localPaths: readonly string[],
): Promise<void> =>
  inTurns(localPaths, LOOKS_AT_ONCE, async (localPath) => {
    const entry = await files.look(localPath).catch(() => undefined);
    if (entry !== null) lookout.lookAt([localPath]);
  });

/** What is under way may be unwanted by now. */
function breakOffUnwanted({ list }: { readonly list: WorkList }, pool: WorkerPool): void {
  if ([...list.activeLarge].some((item) => list.isUnwanted(item))) pool.repump();
}

/** Tells the person, and the one who waits for the end, that everything waits, or goes on (null). */
function tellingWaits(onEvent: EngineOptions['onEvent'], listener: Pick<EngineListener, 'onWaiting'>) {
  return (waiting: Waiting | null): void => {
    onEvent(waiting === null ? { type: 'resumed' } : { type: 'waiting', ...waiting });
    listener.onWaiting(waiting);
  };
}

function changeRules({ keepDeleted, mode }: EngineOptions) {
  return {
    isWanted: keepDeleted !== true,
    maxFailures: mode === 'once' ? GIVE_UP_AFTER_FAILURES : Number.POSITIVE_INFINITY,
    classOf: (error: unknown) => classOf({ mode }, error),
  };
}
