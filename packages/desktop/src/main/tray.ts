import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import { type AppState, type Health, SIGNED_OUT_STATE } from '../shared/app-state.ts';
import { describeHealth } from '../shared/describe-health.ts';
import type { PauseTimer } from './pause-timer.ts';

export interface AppTray {
  readonly update: (state: AppState) => void;
}

export interface TrayOptions {
  readonly onOpen: () => void;
  readonly pause: PauseTimer;
  readonly onSyncNow: () => void;
  readonly onQuit: () => void;
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
  update(SIGNED_OUT_STATE);

  function update(state: AppState): void {
    const words = describeHealth(state).title;
    // A menu that is made anew while it is open closes: only for news.
    const key = `${state.health}\0${state.pausedBy}\0${words}`;
    if (key === shown) return;
    shown = key;
    tray.setImage(imageOf(ICON[state.health]));
    tray.setToolTip(`Instashare: ${words}`);
    tray.setContextMenu(menuFor(state, words, options));
  }
  return { update };
}

function menuFor({ health, pausedBy }: AppState, words: string, options: TrayOptions): Menu {
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
    { label: 'Quit', click: options.onQuit },
  ]);
}
