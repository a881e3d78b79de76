import type { Pace } from './bundle-budget.ts';
import type { EngineOptions } from './compose-engine.ts';
import { endUpload } from './end-upload.ts';
import type { SyncEnvironment } from './environment.ts';
import { createGate, type Waiting } from './gate.ts';
import { createIntents } from './intents.ts';
import { createLinkFirst } from './link-first.ts';
import { createOpening } from './opening.ts';
import { createPause, pausable } from './pause.ts';
import { createProblems } from './problems.ts';
import { createRoom } from './room.ts';
import { createRootGuard } from './root-guard.ts';
import { createSelection, type LeftOut } from './selection.ts';
import type { WorkItem } from './work-item.ts';
import { createWorkList } from './work-list.ts';

/** Some 4 MB, and more than goes in three bundles: the workers never wait for the scan. */
const MAX_PENDING = 5_000;

const UNBOUND: Pace = { bytesPerSecond: null };

export interface PartsListener {
  /** So many files wait to be moved. */
  readonly moving: () => number;
  /** There may be something to upload. */
  readonly onReady: () => void;
  /** The server may be asked again. */
  readonly onOpen: () => void;
  /** Nothing is to be uploaded for now, by the person's will or by the hour; or it may be again. */
  readonly onHold: () => void;
  /** What is wanted of the folder has changed. */
  readonly onRules: () => void;
  /** Everything waits, for longer, or (null) not any more. */
  readonly onWaiting: (waiting: Waiting | null) => void;
  /** Of files that the server has been asked for without an answer: it has these, and the folder has not. */
  readonly onGone: (paths: readonly string[]) => void;
  /** These have been looked through. */
  readonly onReviewed: () => void;
  /** There is less to do. */
  readonly onNews: () => void;
}

/** What those who find, move, delete and upload have in common. */
export function composeParts(env: SyncEnvironment, options: EngineOptions, listener: PartsListener) {
  const { isExcluded = () => false, maxPending = MAX_PENDING } = options;
  const { hours = null, mode, onEvent, pace = UNBOUND, prefix = '', signal } = options;
  const { files, state } = env;
  const problems = createProblems();
  const selection = createSelection({
    ...options.selection,
    files,
    clock: env.clock,
    isExcluded,
    onChange: () => listener.onRules(),
  });
  const list = createWorkList(env.clock, { selection, onReady: listener.onReady, onUnwanted });
  const room = createRoom({ list, moving: listener.moving, maxPending, signal });
  const pause = createPause({ state, mode, onEvent, onChange: listener.onHold });
  const opening = createOpening({ clock: env.clock, hours, onEvent, onChange: listener.onHold });
  const gate = pausable(createGate({ ...env, ...listener }), pause, opening);
  const guard = createRootGuard(env);
  const linkFirst = createLinkFirst(state);
  const intents = createIntents({ env, ...listener, signal });

  function onUnwanted({ localPath, path }: WorkItem, { why }: LeftOut): void {
    // What nobody knows to be unwanted may go on where it was.
    if (why !== 'unclear') endUpload(env, path);
    problems.delete(localPath);
    room.update();
    listener.onNews();
  }

  return {
    env,
    list,
    room,
    gate,
    guard,
    pause,
    opening,
    problems,
    onEvent,
    mode,
    selection,
    intents,
    linkFirst,
    pace,
    prefix,
    signal,
  };
}
