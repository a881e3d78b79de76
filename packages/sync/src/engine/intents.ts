import { isInstashareError } from '@instashare/client/node';
import type { Intent } from '../model/known-file.ts';
import type { SyncEnvironment } from './environment.ts';
import { inTurns } from './in-turns.ts';
import { reviewIntent } from './review-intent.ts';
import { createUnanswered, type Unanswered } from './unanswered.ts';

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
  /** It came to nothing, when that is what the error says. */
  failed(error: unknown): void;
}

export type Intended = Omit<Intent, 'notedAtMs' | 'endedAtMs'>;

export interface IntentsOptions {
  readonly env: Pick<SyncEnvironment, 'clock' | 'files' | 'remote' | 'state'>;
  /** The server has these paths of its own, and the folder has not. */
  readonly onGone: (paths: readonly string[]) => void;
  readonly onReviewed: () => void;
  readonly signal: AbortSignal;
}

const LOOKS_AT_ONCE = 16;

export function createIntents({ env, onGone, onReviewed, signal }: IntentsOptions): Intents {
  const unanswered = createUnanswered(env.state, env.clock.now().wallMs);
  let { lastId } = unanswered;
  let isReviewing = false;
  let isReviewed = false;

  async function reviewAll(): Promise<void> {
    const ours: string[] = [];
    const settled: string[] = [];
    let isAway = false;
    await inTurns(unanswered.entries(), LOOKS_AT_ONCE, async ([key, intent]) => {
      // Who can't be asked now is asked later.
      if (isAway) return;
      const found = await reviewIntent(env, intent, signal).catch(() => 'unclear');
      if (found === 'unclear') isAway = true;
      if (found === 'ours') ours.push(intent.path);
      if (found === 'ours' || found === 'settled') settled.push(key);
    });
    if (signal.aborted) return;
    onGone(ours);
    unanswered.remove(settled);
    isReviewing = false;
    onReviewed();
  }

  return {
    begin: () => openIntent(env, (lastId += 1), unanswered),
    review() {
      if (isReviewing || isReviewed || unanswered.entries().length === 0) return isReviewing;
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

function openIntent(
  { clock, state }: Pick<SyncEnvironment, 'clock' | 'state'>,
  id: number,
  unanswered: Unanswered,
): OpenIntent {
  let files: readonly Intent[] = [];
  function end(): void {
    if (files.length > 0) unanswered.answered(id, files);
    files = [];
  }
  return {
    note(intended) {
      const notedAtMs = clock.now().wallMs;
      const noted = intended.map((file) => ({ ...file, notedAtMs, endedAtMs: null }));
      state.putIntents(id, noted);
      files = noted;
    },
    answered: end,
    failed(error) {
      if (files.length === 0 || !isInstashareError(error) || !error.hadNoEffect) return;
      unanswered.cameToNothing(id);
      files = [];
    },
    [Symbol.dispose]() {
      if (files.length > 0) unanswered.add(id, files, clock.now().wallMs);
    },
  };
}
