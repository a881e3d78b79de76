/**
 * The app's main process: windows, tray, keychain, settings. It reads no file of the person's and talks to no server:
 * that is the engine's, in a process of its own. Nothing here may wait for long.
 */
import { join } from 'node:path';
import { configFolderOf } from '@instashare/sync/config-folder';
import { app } from 'electron';
import { registerAppScheme } from './app-protocol.ts';
import { compose } from './compose.ts';

// The log-in, the settings and Chromium's own files; beside them lies what the engine knows of the folders.
const configFolder = configFolderOf(process.env);
app.setPath('userData', join(configFolder, 'desktop'));
app.setName('Instashare');
app.setAppUserModelId('org.instashare.desktop');
registerAppScheme();

if (app.requestSingleInstanceLock()) {
  // Never awaited at the top level: Electron gets ready only after this module has been read.
  void app
    .whenReady()
    .then(() =>
      compose({ configFolder, environment: process.env, isHidden: process.argv.includes('--hidden') }),
    );
} else {
  app.quit();
}
