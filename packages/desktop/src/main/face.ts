import { type AppState, SIGNED_OUT_STATE } from '../shared/app-state.ts';
import type { EngineEvent } from '../shared/engine-procedures.ts';
import { formatTime } from '../shared/format.ts';
import type { Settings } from '../shared/settings.ts';
import type { UpdateState } from '../shared/update-state.ts';
import type { MainWindow } from './main-window.ts';
import { createNotifier } from './notifier.ts';
import { createAppTray, type TrayOptions } from './tray.ts';

/** What a person sees of the app: its window, its icon and what it notifies of. Each is told whatever is new. */
export interface Face {
  readonly state: () => AppState;
  readonly onEngine: (event: EngineEvent) => void;
  /** What uploads keeps ending, and is started again after this long. */
  readonly onEngineTrouble: (waitMs: number) => void;
  readonly onSettings: (settings: Settings) => void;
  readonly onUpdate: (update: UpdateState) => void;
}

export interface FaceOptions extends TrayOptions {
  readonly window: MainWindow;
  readonly notifies: () => boolean;
}

export function createFace({ window, notifies, ...options }: FaceOptions): Face {
  const tray = createAppTray(options);
  const notifier = createNotifier({ isOn: notifies, onClick: window.show });
  let state = SIGNED_OUT_STATE;
  let newer: UpdateState = { state: 'impossible' };
  function onEngine(event: EngineEvent): void {
    if (event.type === 'state') {
      ({ state } = event);
      tray.update(state, newer);
      notifier.onState(state);
    }
    window.tell(event);
  }

  return {
    state: () => state,
    onEngine,
    onEngineTrouble(waitMs) {
      const at = formatTime(new Date(Date.now() + waitMs).toISOString());
      const engineFailure = `The part of the app that uploads keeps stopping. It is started again at ${at}; nothing is lost.`;
      // What was under way is not any more.
      const idle = { transfers: [], transferCount: 0, downloadCount: 0, bytesPerSecond: 0 };
      onEngine({ type: 'state', state: { ...state, ...idle, health: 'attention', engineFailure } });
    },
    onSettings: (settings) => window.tell({ type: 'settings', settings }),
    onUpdate(update) {
      newer = update;
      tray.update(state, newer);
      window.tell({ type: 'update', update });
    },
  };
}
