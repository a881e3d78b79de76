import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { desktopEntry } from './desktop-entry.ts';

const ENTRY = 'instashare-desktop.desktop';

/** Only an installed app: what a developer starts would not be there at the next log-in. */
export const canStartAtLogin = (): boolean => app.isPackaged;

/** Whether the system starts the app, hidden in the tray, when the person logs in. */
export function setStartAtLogin(isWanted: boolean, environment: NodeJS.ProcessEnv): void {
  if (!canStartAtLogin()) return;
  if (process.platform === 'linux') setDesktopEntry(isWanted, environment);
  else app.setLoginItemSettings({ openAtLogin: isWanted, args: ['--hidden'] });
}

/** As the freedesktop.org autostart specification has it. */
function setDesktopEntry(isWanted: boolean, environment: NodeJS.ProcessEnv): void {
  const config = environment['XDG_CONFIG_HOME'];
  const folder = join(config?.startsWith('/') === true ? config : join(homedir(), '.config'), 'autostart');
  const path = join(folder, ENTRY);
  if (!isWanted) return rmSync(path, { force: true });
  mkdirSync(folder, { recursive: true });
  const program = environment['APPIMAGE'] ?? process.execPath;
  writeFileSync(path, desktopEntry(program));
}
