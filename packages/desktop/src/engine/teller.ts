import type { AppState } from '../shared/app-state.ts';
import type { EngineEvent } from '../shared/engine-procedures.ts';
import type { Account, EngineConfig } from './account.ts';
import { createStateDescriber } from './describe-state.ts';

/** Looks a few times a second how it stands, and tells what is new; most of the time that is nothing. */
export interface Teller extends Disposable {
  readonly state: () => AppState;
  readonly tellNews: () => void;
  readonly filesChanged: () => void;
}

export interface TellerOptions {
  readonly tell: (event: EngineEvent) => void;
  readonly look: () => { readonly account: Account | null; readonly config: EngineConfig };
}

const TELL_EVERY_MS = 250;

export function createTeller({ tell, look }: TellerOptions): Teller {
  const describe = createStateDescriber();
  let told = '';
  let haveFilesChanged = false;

  function state(): AppState {
    const { account, config } = look();
    return describe(account, config);
  }

  function tellNews(): void {
    const news = state();
    const text = JSON.stringify(news);
    if (text !== told) tell({ type: 'state', state: news });
    told = text;
    if (haveFilesChanged) tell({ type: 'files-changed' });
    haveFilesChanged = false;
  }

  const timer = setInterval(tellNews, TELL_EVERY_MS);
  return {
    state,
    tellNews,
    filesChanged() {
      haveFilesChanged = true;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
