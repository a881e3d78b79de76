import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import { type AppState, type Health, SIGNED_OUT_STATE } from '../shared/app-state.ts';
import { describeHealth } from '../shared/describe-health.ts';
import type { UpdateState } from '../shared/update-state.ts';
import type { PauseTimer } from './pause-timer.ts';

export interface AppTray {
  readonly update: (state: AppState, update: UpdateState) => void;
}

export interface TrayOptions {
  readonly onOpen: () => void;
  readonly pause: PauseTimer;
  readonly onSyncNow: () => void;
  readonly quitAndUpdate: () => void;
  readonly quit: () => void;
}

const ICON: Readonly<Record<Health, string>> = {
  signed_out: 'off',
  up_to_date: 'ok',
  scanning: 'busy',
  uploading: 'busy',
  waiting: 'off',
  offline: 'off',
  paused: 'paused',
  attention: 'attention',
};

const imageOf = (name: string) =>
  nativeImage.createFromPath(join(import.meta.dirname, '..', 'assets', `tray-${name}.png`));

export function createAppTray(options: TrayOptions): AppTray {
  const tray = new Tray(imageOf('off'));
  let shown = '';
  tray.on('click', options.onOpen);
  // Before the engine has said anything, and when it never does.
  update(SIGNED_OUT_STATE, { state: 'impossible' });

  function update(state: AppState, newer: UpdateState): void {
    const words = describeHealth(state).title;
    // A menu that is made anew while it is open closes: only for news.
    const version = newer.state === 'ready' ? newer.version : null;
    const key = `${state.health}\0${state.pausedBy}\0${words}\0${version}`;
    if (key === shown) return;
    shown = key;
    tray.setImage(imageOf(ICON[state.health]));
    tray.setToolTip(`Instashare: ${words}`);
    tray.setContextMenu(menuFor({ ...state, words, version }, options));
  }
  return { update };
}

interface MenuState extends AppState {
  readonly words: string;
  /** The newer one that is ready to be installed. */
  readonly version: string | null;
}

function menuFor({ health, pausedBy, words, version }: MenuState, options: TrayOptions): Menu {
  const isPaused = pausedBy === 'person';
  const isSignedIn = health !== 'signed_out';
  return Menu.buildFromTemplate([
    { label: words, enabled: false },
    { type: 'separator' },
    { label: 'Open Instashare', click: options.onOpen },
    { label: 'Sync now', click: options.onSyncNow, visible: isSignedIn && !isPaused },
    { label: 'Pause for an hour', click: () => options.pause.set(60), visible: isSignedIn && !isPaused },
    { label: 'Pause', click: () => options.pause.set(null), visible: isSignedIn && !isPaused },
    { label: 'Resume', click: options.pause.clear, visible: isPaused },
    { type: 'separator' },
    {
      label: `Restart to update to ${version}`,
      click: options.quitAndUpdate,
      visible: version !== null,
    },
    { label: 'Quit', click: options.quit },
  ]);
}
