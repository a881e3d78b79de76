import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import { type AppState, SIGNED_OUT_STATE } from '../shared/app-state.ts';
import type { UpdateState } from '../shared/update-state.ts';
import { describeTray, type TrayMenu, type TrayOffer } from './describe-tray.ts';
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

function imageOf(name: string) {
  const image = nativeImage.createFromPath(join(import.meta.dirname, '..', 'assets', `tray-${name}.png`));
  // Windows and Linux make of 32 pixels what they need; macOS takes them for as many points, and its bar has 22.
  if (process.platform !== 'darwin') return image;
  return nativeImage.createFromBuffer(image.toPNG(), { scaleFactor: 2 });
}

export function createAppTray(options: TrayOptions): AppTray {
  const tray = new Tray(imageOf('off'));
  let shown = '';
  tray.on('click', options.onOpen);
  // Before the engine has said anything, and when it never does.
  update(SIGNED_OUT_STATE, { state: 'impossible' });

  function update(state: AppState, newer: UpdateState): void {
    const { icon, toolTip, ...menu } = describeTray(state, newer);
    tray.setImage(imageOf(icon));
    tray.setToolTip(toolTip);
    // A menu that is made anew while it is open closes under the hand: only when it offers something else.
    const key = JSON.stringify(menu);
    if (key === shown) return;
    shown = key;
    tray.setContextMenu(menuFor(menu, options));
  }
  return { update };
}

function menuFor({ heading, offers, version }: TrayMenu, options: TrayOptions): Menu {
  const visible = (offer: TrayOffer) => ({ visible: offers.includes(offer) });
  return Menu.buildFromTemplate([
    { label: heading, enabled: false },
    { type: 'separator' },
    { label: 'Open Instashare', click: options.onOpen },
    { label: 'Sync now', click: options.onSyncNow, ...visible('sync') },
    { label: 'Pause for an hour', click: () => options.pause.set(60), ...visible('pause') },
    { label: 'Pause', click: () => options.pause.set(null), ...visible('pause') },
    { label: 'Resume', click: options.pause.clear, ...visible('resume') },
    { type: 'separator' },
    { label: `Restart to update to ${version}`, click: options.quitAndUpdate, ...visible('update') },
    { label: 'Quit', click: options.quit },
  ]);
}
