import { join } from 'node:path';
import { app } from 'electron';
import { SIGNED_OUT_STATE } from '../shared/app-state.ts';
import type { EngineEvent } from '../shared/engine-procedures.ts';
import type { Settings } from '../shared/settings.ts';
import { serveApp } from './app-protocol.ts';
import { setStartAtLogin } from './autostart.ts';
import { createDeepLinks } from './deep-links.ts';
import { createEngineHost, type EngineHost } from './engine-host.ts';
import { serveWindow } from './ipc/serve-window.ts';
import { createWindowHandlers } from './ipc/window-handlers.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { mayQuit } from './may-quit.ts';
import { createNotifier } from './notifier.ts';
import { createPauseTimer } from './pause-timer.ts';
import { followPower, type Power } from './power.ts';
import { denyEverything } from './security.ts';
import { createSessionFile } from './session-file.ts';
import { openSettings } from './settings-file.ts';
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
  const configure = () => configureEngine(engine, settings.get(), power);
  const onStart = configure;
  const engine = createEngineHost({ script, configFolder, keeper: sessionFile, onStart, onEvent });
  settings.onChange(() => {
    window.tell({ type: 'settings', settings: settings.get() });
    configure();
    setStartAtLogin(settings.get().startsAtLogin, environment);
  });
  const syncNow = () => void engine.ask('sync.now', undefined).catch(() => undefined);
  const power = followPower({ onResume: syncNow, onBattery: configure });
  const tray = createAppTray({ onOpen: window.show, pause, onSyncNow: syncNow, onQuit: () => app.quit() });
  const handlers = createWindowHandlers({ settings, engine, pause, window, sessionFile, state: () => state });
  serveWindow({ handlers, engine, isOurs: window.isOurs });
  followSystem(window);
  endInOrder(async () => {
    if (!(await mayQuit(state.handTransferCount))) return false;
    window.allowClose();
    await engine[Symbol.asyncDispose]();
    return true;
  });
  if (!isHidden) window.show();
}

/** Something that the build puts beside this file's folder. */
const built = (...path: readonly string[]) => join(import.meta.dirname, '..', ...path);

function followSystem(window: MainWindow): void {
  createDeepLinks({ onOpen: window.show });
  app.on('second-instance', window.show);
  app.on('activate', window.show);
}

/** Nothing is uploaded before the first run of the account is finished: the engine compares the owner. */
function configureEngine(engine: EngineHost, settings: Settings, { isOnBattery }: Power): void {
  const { owner, folders, ignoreRules, hours, uploadBytesPerSecond, pausedUntilMs, pausesOnBattery } =
    settings;
  const isSaving = pausesOnBattery && isOnBattery;
  const pausedBy = pausedUntilMs !== null ? 'person' : isSaving ? 'battery' : null;
  const config = { folders, owner, ignoreRules, hours, uploadBytesPerSecond, pausedBy } as const;
  // An engine that stops meanwhile is told when it starts again.
  void engine.ask('engine.configure', config).catch(() => undefined);
}

/** However the app is told to quit (its menu, the keyboard, the system): it does when `end` says so. */
function endInOrder(end: () => Promise<boolean>): void {
  let isEnding = false;
  let hasEnded = false;
  app.on('before-quit', (event) => {
    if (hasEnded) return;
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    // What can't be ended in order is ended all the same.
    void end()
      .catch(() => true)
      .then((mayQuitNow) => {
        isEnding = false;
        hasEnded = mayQuitNow;
        if (hasEnded) app.quit();
      });
  });
}
