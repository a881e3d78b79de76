import { join } from 'node:path';
import { app } from 'electron';
import { SIGNED_OUT_STATE } from '../shared/app-state.ts';
import type { EngineEvent } from '../shared/engine-procedures.ts';
import { serveApp } from './app-protocol.ts';
import { setStartAtLogin } from './autostart.ts';
import { createDeepLinks } from './deep-links.ts';
import { createEngineHost, type EngineHost } from './engine-host.ts';
import { serveWindow } from './ipc/serve-window.ts';
import { createWindowHandlers } from './ipc/window-handlers.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { createNotifier } from './notifier.ts';
import { createPauseTimer } from './pause-timer.ts';
import { followPower } from './power.ts';
import { denyEverything } from './security.ts';
import { createSessionFile } from './session-file.ts';
import { openSettings, type SettingsFile } from './settings-file.ts';
import { createAppTray } from './tray.ts';

export interface ComposeOptions {
  readonly configFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Started by the system at log-in: only the tray shows. */
  readonly isHidden: boolean;
}

/** Builds everything once and joins it. */
export function compose({ configFolder, environment, isHidden }: ComposeOptions): void {
  const ownFolder = app.getPath('userData');
  denyEverything();
  serveApp(built('renderer'));
  const settings = openSettings(join(ownFolder, 'settings.json'));
  const sessionFile = createSessionFile(join(ownFolder, 'session'));
  const window = createMainWindow({ preload: built('preload', 'preload.cjs') });
  const pause = createPauseTimer(settings);
  const notifier = createNotifier({ isOn: () => settings.get().notifies, onClick: window.show });
  let state = SIGNED_OUT_STATE;

  function onEvent(event: EngineEvent): void {
    if (event.type === 'state') {
      state = event.state;
      tray.update(state);
      notifier.onState(state);
    }
    window.tell(event);
  }
  const script = built('engine', 'main.cjs');
  const onStart = () => configureEngine(engine, settings);
  const engine = createEngineHost({ script, configFolder, keeper: sessionFile, onStart, onEvent });
  settings.onChange(() => {
    window.tell({ type: 'settings', settings: settings.get() });
    configureEngine(engine, settings);
    setStartAtLogin(settings.get().startsAtLogin, environment);
  });
  const syncNow = () => void engine.ask('sync.now', undefined).catch(() => undefined);
  const onQuit = () => void quit(window, engine);
  const tray = createAppTray({ onOpen: window.show, pause, onSyncNow: syncNow, onQuit });
  const handlers = createWindowHandlers({ settings, engine, pause, window, sessionFile, state: () => state });
  serveWindow({ handlers, engine, isOurs: window.isOurs });
  followPower({ onResume: syncNow });
  followSystem(window);
  if (!isHidden) window.show();
}

/** Something that the build puts beside this file's folder. */
const built = (...path: readonly string[]) => join(import.meta.dirname, '..', ...path);

function followSystem(window: MainWindow): void {
  createDeepLinks({ onOpen: window.show });
  app.on('second-instance', window.show);
  app.on('activate', window.show);
  app.on('before-quit', window.allowClose);
}

/** Nothing is uploaded before the first run of the account is finished: the engine compares the owner. */
function configureEngine(engine: EngineHost, settings: SettingsFile): void {
  const { owner, folders, ignoreRules, pausedUntilMs } = settings.get();
  const config = { folders, owner, ignoreRules, isPaused: pausedUntilMs !== null };
  // An engine that stops meanwhile is told when it starts again.
  void engine.ask('engine.configure', config).catch(() => undefined);
}

async function quit(window: MainWindow, engine: EngineHost): Promise<void> {
  window.allowClose();
  await engine[Symbol.asyncDispose]();
  app.quit();
}
