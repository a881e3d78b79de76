import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { UpdateState } from '../shared/update-state.ts';
import { wordsOfUpdateFailure } from './update-failure.ts';
import { type UpdatePackage, updatePackageOf } from './update-package.ts';

/** Newer versions of the app, from where it is published: fetched by themselves, installed when it suits the person. */
export interface Updates extends Disposable {
  state(): UpdateState;
  /** Looks now, because somebody asked. */
  check(): Promise<void>;
  /**
   * Installs the version that is ready, and starts it. Only after everything else has ended: nothing goes on after it.
   * False when it could not be installed.
   */
  install(): boolean;
}

export interface UpdatesOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Whether it may look by itself just now. */
  readonly mayLook: () => boolean;
  readonly onChange: () => void;
}

/** Not while everything else starts. */
const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 6 * 60 * 60 * 1000;

export function createUpdates({ environment, mayLook, onChange }: UpdatesOptions): Updates {
  const installed = findPackage(environment);
  let state: UpdateState =
    installed === null ? { state: 'impossible' } : { state: 'idle', checkedAtMs: null };
  let updater: Promise<AppUpdater> | null = null;
  let loaded: AppUpdater | null = null;
  let next: NodeJS.Timeout | undefined;
  const isReady = () => state.state === 'ready';

  function set(changed: UpdateState): void {
    state = changed;
    onChange();
  }

  async function check(): Promise<void> {
    const isBusy = ['checking', 'loading', 'ready'].includes(state.state);
    if (installed === null || isBusy) return;
    updater ??= loadUpdater(installed, set);
    loaded = await updater;
    // A failure is told by the event.
    await loaded.checkForUpdates().catch(() => undefined);
  }

  function lookLater(ms: number): void {
    next = setTimeout(() => {
      lookLater(LOOK_EVERY_MS);
      if (mayLook()) void check();
    }, ms);
  }
  if (installed !== null) lookLater(FIRST_LOOK_MS);

  return {
    state: () => state,
    check,
    install() {
      if (loaded === null || !isReady()) return false;
      // Told at once, by the event, when it fails.
      loaded.quitAndInstall(true, true);
      return isReady();
    },
    [Symbol.dispose]: () => clearTimeout(next),
  };
}

function findPackage(environment: NodeJS.ProcessEnv): UpdatePackage | null {
  const resource = (name: string) => join(process.resourcesPath, name);
  return updatePackageOf({
    isPackaged: app.isPackaged,
    platform: process.platform,
    hasUpdateAddress: existsSync(resource('app-update.yml')),
    appImage: environment['APPIMAGE'],
    packageType: existsSync(resource('package-type'))
      ? readFileSync(resource('package-type'), 'utf8').trim()
      : null,
  });
}

/** Loaded when it is first needed: most starts end without. */
async function loadUpdater(installed: UpdatePackage, set: (state: UpdateState) => void): Promise<AppUpdater> {
  const { autoUpdater } = await import('electron-updater');
  // A password that is asked for while one logs out is a nuisance, and may be the end of a shutdown.
  const isInstalledOnQuit = installed !== 'deb';
  let version = '';
  autoUpdater.logger = null;
  autoUpdater.autoDownload = true;
  autoUpdater.autoInstallOnAppQuit = isInstalledOnQuit;
  autoUpdater.on('checking-for-update', () => set({ state: 'checking' }));
  autoUpdater.on('update-not-available', () => set({ state: 'idle', checkedAtMs: Date.now() }));
  autoUpdater.on('update-available', (info) => {
    ({ version } = info);
    set({ state: 'loading', version, percent: 0 });
  });
  autoUpdater.on('download-progress', ({ percent }) =>
    set({ state: 'loading', version, percent: Math.floor(percent) }),
  );
  autoUpdater.on('update-downloaded', (info) =>
    set({ state: 'ready', version: info.version, isInstalledOnQuit }),
  );
  autoUpdater.on('error', (error) => set({ state: 'failed', message: wordsOfUpdateFailure(error) }));
  return autoUpdater;
}
