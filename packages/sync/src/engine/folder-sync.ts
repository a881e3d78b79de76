import type { Hours } from '../model/hours.ts';
import type { Pace } from './bundle-budget.ts';
import { composeEngine, type Engine } from './compose-engine.ts';
import { endForgottenUploads } from './end-forgotten-uploads.ts';
import type { SyncEnvironment } from './environment.ts';
import { createFinish, type Finish } from './finish.ts';
import { createFolderControl, type FolderControl } from './folder-control.ts';
import type { SelectionOptions } from './selection.ts';
import { statusOf } from './status-of.ts';
import type { FileProblem, SyncEvent, SyncStatus } from './sync-event.ts';
import type { LaneLimits } from './worker-pool.ts';

export interface FolderSyncOptions {
  /** `once`: until everything there is stored; `watch`: until disposed. */
  readonly mode: 'once' | 'watch';
  readonly onEvent: (event: SyncEvent) => void;
  /** Folder on the server to put everything into; '' (the default) is the root of the account. */
  readonly prefix?: string;
  /** Paths, below the folder, that are none of ours to upload. */
  readonly isExcluded?: (localPath: string) => boolean;
  /** What else of the folder is wanted; ignore files in it say more. */
  readonly selection?: SelectionOptions;
  /** What is gone from the folder when it is scanned first is meant to be, however much it is. */
  readonly confirmDeletes?: boolean;
  /** What is gone from the folder stays on the server. */
  readonly keepDeleted?: boolean;
  /** When uploads are wanted; null (the default): always. */
  readonly hours?: Hours | null;
  /** How fast uploads go: whoever bounds it does so behind {@link SyncEnvironment.remote}. */
  readonly pace?: Pace;
  readonly limits?: LaneLimits;
  /** More files than this are not kept in memory to be uploaded: the scan waits for those before. */
  readonly maxPending?: number;
  /** How long `once` waits for a server that does not answer. */
  readonly giveUpAfterMs?: number;
}

/** One folder on its way up. It never changes anything in the folder, and follows what is changed there. */
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
  /** Deletes on the server what is gone from the folder and was held back until somebody says that it is meant. */
  confirmDeletes(): void;
}

const GIVE_UP_AFTER_MS = 60_000;

export function createFolderSync(env: SyncEnvironment, options: FolderSyncOptions): FolderSync {
  const stopping = new AbortController();
  const finish = createFinish({ giveUpAfterMs: GIVE_UP_AFTER_MS, ...options, clock: env.clock });
  const { onEvent, sentBytes } = countSent(options.onEvent);
  const engine = composeEngine(
    env,
    { ...options, onEvent, signal: stopping.signal },
    {
      onWaiting: (waiting) => finish.onWaiting(waiting),
      onNews: () => announce('news'),
      onReviewed: () => announce('reviewed'),
      onCaughtUp,
    },
  );
  const announce = createAnnouncer(env, engine, { onEvent, finish, signal: stopping.signal });
  let isConfirmed = false;

  function onCaughtUp(): void {
    // Before anybody is told that all is done.
    if (options.confirmDeletes === true && !isConfirmed) engine.removals.confirm('all');
    isConfirmed = true;
    announce('caught_up');
  }

  return {
    finished: finish.promise,
    control: createFolderControl(engine),
    problems: () => engine.problems.list(),
    status: () => statusOf({ ...engine, sentBytes: sentBytes() }),
    confirmDeletes: () => engine.removals.confirm('held'),
    async start() {
      engine.pause.tell();
      engine.opening.tell();
      await engine.lookout.start();
      await endForgottenUploads(env, engine.list);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await engine[Symbol.asyncDispose]();
      finish[Symbol.dispose]();
    },
  };
}

interface Announcing {
  readonly onEvent: (event: SyncEvent) => void;
  readonly finish: Finish;
  readonly signal: AbortSignal;
}

/** Says that there is nothing more to do, when there is not; and again only after there was. */
function createAnnouncer(
  { state }: SyncEnvironment,
  engine: Engine,
  { finish, onEvent, signal }: Announcing,
): (after: 'caught_up' | 'news' | 'reviewed') => void {
  let isNews = true;
  return (after) => {
    if (after === 'news') isNews = true;
    if (after !== 'reviewed') engine.intents.happened();
    if (isBusy(engine) || signal.aborted || engine.intents.review()) return;
    endBurst(engine);
    if (isNews) onEvent({ type: 'up_to_date', ...state.totals(), problems: engine.problems.size });
    isNews = false;
    finish.done();
  };
}

const isBusy = ({ list, lookout, moves, pool, removals }: Engine): boolean =>
  list.size > 0 || !pool.isIdle() || moves.isBusy || removals.isBusy || lookout.isBusy();

/** All that there was to do is done: what comes now is another piece of work. */
function endBurst({ linkFirst, list }: Engine): void {
  linkFirst.caughtUp();
  list.tally.reset();
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
