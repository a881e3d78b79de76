import { join } from 'node:path';
import { app } from 'electron';
import type { EngineEvent } from '../shared/engine-procedures.ts';
import type { Settings } from '../shared/settings.ts';
import { serveApp } from './app-protocol.ts';
import { setStartAtLogin } from './autostart.ts';
import { createDeepLinks } from './deep-links.ts';
import { createEngineHost, type EngineHost } from './engine-host.ts';
import { createFace } from './face.ts';
import { serveWindow } from './ipc/serve-window.ts';
import { createWindowHandlers } from './ipc/window-handlers.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { mayQuit } from './may-quit.ts';
import { createMeter, type Meter } from './metered.ts';
import { createOpenedFolder, type OpenedFolder } from './opened-folder.ts';
import { createPauseTimer } from './pause-timer.ts';
import { followPower, type Power } from './power.ts';
import { quitInOrder, startAgain } from './quitting.ts';
import { denyEverything } from './security.ts';
import { createSessionFile } from './session-file.ts';
import { openSettings } from './settings-file.ts';
import { createUpdates, type Updates } from './updates.ts';

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
  const openedFolder = createOpenedFolder(join(ownFolder, 'opened'));
  const window = createMainWindow({ preload: built('preload', 'preload.cjs') });
  const pause = createPauseTimer(settings);
  const script = built('engine', 'main.cjs');
  const configure = () => configureEngine(engine, settings.get(), heldBy(settings.get(), power, meter));
  const onEvent = (event: EngineEvent) => face.onEngine(event);
  const engine = createEngineHost({
    script,
    configFolder,
    keeper: sessionFile,
    onStart: configure,
    onEvent,
    onTrouble: (waitMs) => face.onEngineTrouble(waitMs),
  });
  const syncNow = () => urge(engine, 'sync.now');
  const power = followPower({ onResume: () => urge(engine, 'engine.woke'), onBattery: configure });
  const meter = createMeter({ platform: process.platform, onChange: configure });
  meter.watch(settings.get().pausesOnMetered);
  const updates = createUpdates({
    environment,
    mayLook: () => settings.get().updatesItself && !meter.isMetered,
    onChange: () => face.onUpdate(updates.state()),
  });
  const quitting = quitInOrder({
    mayQuit: () => mayQuit(face.state().downloadCount),
    end: () => endAll({ window, updates, meter, engine, openedFolder }),
    update() {
      // Where the new version can't be installed nobody is worse off: this one starts again.
      if (!updates.install()) startAgain(environment);
    },
  });
  const notifies = () => settings.get().notifies;
  const face = createFace({ window, notifies, pause, onOpen: window.show, onSyncNow: syncNow, ...quitting });
  settings.onChange(() => {
    face.onSettings(settings.get());
    meter.watch(settings.get().pausesOnMetered);
    configure();
    setStartAtLogin(settings.get().startsAtLogin, environment);
  });
  const context = { settings, engine, pause, window, sessionFile, updates, meter, openedFolder, ...quitting };
  const handlers = createWindowHandlers({ ...context, state: face.state });
  serveWindow({ handlers, engine, lastState: face.state, isOurs: window.isOurs });
  followSystem(window);
  // Nothing is uploaded without settings: whoever has lost them is shown it, also at log-in.
  if (!isHidden || settings.damagedPath !== null) window.show();
}

interface Ending {
  readonly window: MainWindow;
  readonly updates: Updates;
  readonly meter: Meter;
  readonly engine: EngineHost;
  readonly openedFolder: OpenedFolder;
}

async function endAll({ window, updates, meter, engine, openedFolder }: Ending): Promise<void> {
  window.allowClose();
  updates[Symbol.dispose]();
  meter[Symbol.dispose]();
  await engine[Symbol.asyncDispose]();
  openedFolder.clear();
}

/** Something that the build puts beside this file's folder. */
const built = (...path: readonly string[]) => join(import.meta.dirname, '..', ...path);

function followSystem(window: MainWindow): void {
  createDeepLinks({ onOpen: window.show });
  app.on('second-instance', window.show);
  app.on('activate', window.show);
}

/** What comes of it shows in how it stands. */
function urge(engine: EngineHost, name: 'sync.now' | 'engine.woke'): void {
  void engine.ask(name, undefined).catch(() => undefined);
}

/** Why the system, not the person, would have nothing uploaded just now. */
function heldBy(settings: Settings, power: Power, meter: Meter): 'battery' | 'metered' | null {
  if (settings.pausesOnBattery && power.isOnBattery) return 'battery';
  return settings.pausesOnMetered && meter.isMetered ? 'metered' : null;
}

/** Nothing is uploaded before the first run of the account is finished: the engine compares the owner. */
function configureEngine(engine: EngineHost, settings: Settings, held: 'battery' | 'metered' | null): void {
  const { owner, folders, ignoreRules, hours, uploadBytesPerSecond, pausedUntilMs } = settings;
  const pausedBy = pausedUntilMs !== null ? 'person' : held;
  const config = { folders, owner, ignoreRules, hours, uploadBytesPerSecond, pausedBy } as const;
  // An engine that stops meanwhile is told when it starts again.
  void engine.ask('engine.configure', config).catch(() => undefined);
}
