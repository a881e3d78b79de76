import type { Intent } from '../model/known-file.ts';
import type { SyncEnvironment } from './environment.ts';
import { inTurns } from './in-turns.ts';
import { reviewIntent } from './review-intent.ts';

/**
 * What the server is asked to store or to move is noted down before. When no answer comes (the line breaks, the program
 * is killed) and the file is gone by then, nobody sends it again, and only this note tells that it is ours to delete.
 */
export interface Intents {
  begin(): OpenIntent;
  /**
   * Finds out what became of those without an answer, as far as that can be told now. True when there is something to
   * find out. To be called when there is nothing else to do.
   */
  review(): boolean;
  /** Something has happened: what could not be found out may be by now. */
  happened(): void;
}

/** Of one request. What has not been answered when it is disposed of is kept in mind. */
export interface OpenIntent extends Disposable {
  /** To be called before the server is asked; again when it is asked for something else. */
  note(files: readonly Intended[]): void;
  /** What the server has said is noted down. */
  answered(): void;
}

export type Intended = Omit<Intent, 'notedAtMs'>;

export interface IntentsOptions {
  readonly env: Pick<SyncEnvironment, 'clock' | 'files' | 'remote' | 'state'>;
  /** The server has these paths of its own, and the folder has not. */
  readonly onGone: (paths: readonly string[]) => void;
  readonly onReviewed: () => void;
  readonly signal: AbortSignal;
}

/** The note of all that were not answered; others are of one request each. */
const UNANSWERED = 0;
const LOOKS_AT_ONCE = 16;

export function createIntents({ env, onGone, onReviewed, signal }: IntentsOptions): Intents {
  const { state } = env;
  const unanswered = takeOver(state);
  let lastId = UNANSWERED;
  let isReviewing = false;
  let isReviewed = false;

  async function reviewAll(): Promise<void> {
    const ours: string[] = [];
    const before = unanswered.size;
    let isAway = false;
    await inTurns([...unanswered], LOOKS_AT_ONCE, async ([key, intent]) => {
      // Who can't be asked now is asked later.
      if (isAway) return;
      const found = await reviewIntent(env, intent, signal).catch(() => 'unclear');
      if (found === 'unclear') isAway = true;
      if (found === 'ours') ours.push(intent.path);
      if (found === 'ours' || found === 'settled') unanswered.delete(key);
    });
    if (signal.aborted) return;
    onGone(ours);
    if (unanswered.size !== before) tryTo(() => keep(state, unanswered));
    isReviewing = false;
    onReviewed();
  }

  return {
    begin() {
      const id = (lastId += 1);
      return openIntent(env, id, (files) => {
        for (const file of files) unanswered.set(keyOf(file), file);
        tryTo(() => keep(state, unanswered, [id]));
      });
    },
    review() {
      if (isReviewing || isReviewed || unanswered.size === 0) return isReviewing;
      isReviewing = true;
      isReviewed = true;
      void reviewAll();
      return true;
    },
    happened() {
      isReviewed = false;
    },
  };
}

/** The same may have been asked for twice; another content at the same path is another question. */
const keyOf = ({ is, path }: Intent): string => `${path}\0${is}`;

type State = Pick<SyncEnvironment['state'], 'intents' | 'putIntents' | 'removeIntents' | 'together'>;

/** An earlier run was ended in the middle of these. */
function takeOver(state: State): Map<string, Intent> {
  const left = state.intents();
  const unanswered = new Map(left.flatMap(({ files }) => files.map((file) => [keyOf(file), file])));
  const ids = left.map(({ id }) => id);
  if (ids.some((id) => id !== UNANSWERED)) tryTo(() => keep(state, unanswered, ids));
  return unanswered;
}

function keep(state: State, unanswered: ReadonlyMap<string, Intent>, instead: readonly number[] = []): void {
  state.together(() => {
    for (const id of instead) state.removeIntents(id);
    if (unanswered.size === 0) state.removeIntents(UNANSWERED);
    else state.putIntents(UNANSWERED, [...unanswered.values()]);
  });
}

function openIntent(
  { clock, state }: Pick<SyncEnvironment, 'clock' | 'state'>,
  id: number,
  onUnanswered: (files: readonly Intent[]) => void,
): OpenIntent {
  let files: readonly Intent[] = [];
  return {
    note(intended) {
      const notedAtMs = clock.now().wallMs;
      const noted = intended.map((file) => ({ ...file, notedAtMs }));
      state.putIntents(id, noted);
      files = noted;
    },
    answered() {
      if (files.length > 0) tryTo(() => state.removeIntents(id));
      files = [];
    },
    [Symbol.dispose]() {
      if (files.length > 0) onUnanswered(files);
    },
  };
}

/** Without room for the state, the notes that are there stay: the next start looks at them once more, for nothing. */
function tryTo(write: () => void): void {
  try {
    write();
  } catch {
    return;
  }
}
