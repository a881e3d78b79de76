import type { AppState } from '../shared/app-state.ts';
import type { EngineEvent } from '../shared/engine-procedures.ts';
import type { Account, EngineConfig } from './account.ts';
import { createStateDescriber } from './describe-state.ts';

/** Looks a few times a second how it stands, and tells what is new; most of the time that is nothing. */
export interface Teller extends Disposable {
  /** From now on it tells. */
  readonly begin: () => void;
  readonly state: () => AppState;
  readonly tellNews: () => void;
  readonly filesChanged: () => void;
  /** Until the change is over it stands as it did before: that nobody is logged in for a moment is no news. */
  readonly during: <T>(change: () => Promise<T>) => Promise<T>;
}

export interface TellerOptions {
  readonly tell: (event: EngineEvent) => void;
  readonly look: () => { readonly account: Account | null; readonly config: EngineConfig };
}

const TELL_EVERY_MS = 250;
/** Who looks at the list searches and sorts it anew. */
const FILES_EVERY_MS = 1_000;

export function createTeller({ tell, look }: TellerOptions): Teller {
  const describe = createStateDescriber();
  let timer: NodeJS.Timeout | null = null;
  let told = '';
  let changes = 0;
  let last: AppState | null = null;
  let haveFilesChanged = false;
  let filesToldAtMs = 0;

  function state(): AppState {
    if (changes > 0 && last !== null) return last;
    const { account, config } = look();
    last = describe(account, config);
    return last;
  }

  function tellNews(): void {
    if (timer === null || changes > 0) return;
    const news = state();
    const text = JSON.stringify(news);
    if (text !== told) tell({ type: 'state', state: news });
    told = text;
    const nowMs = performance.now();
    if (!haveFilesChanged || nowMs - filesToldAtMs < FILES_EVERY_MS) return;
    tell({ type: 'files-changed' });
    haveFilesChanged = false;
    filesToldAtMs = nowMs;
  }

  return {
    begin() {
      timer = setInterval(tellNews, TELL_EVERY_MS);
      tellNews();
    },
    state,
    tellNews,
    filesChanged() {
      haveFilesChanged = true;
    },
    during(change) {
      changes += 1;
      return change().finally(() => {
        changes -= 1;
        tellNews();
      });
    },
    [Symbol.dispose]() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
