import type { InstashareClient } from '@instashare/client/node';
import type { StateStore, SyncEnvironment } from '../engine/environment.ts';
import { createClientRemote } from './client-remote.ts';
import { createInotifyWatcher } from './inotify-watcher.ts';
import { createNodeFileSystem } from './node-file-system.ts';
import { createParcelWatcher } from './parcel-watcher.ts';
import { createSystemClock } from './system-clock.ts';

export interface EnvironmentOptions {
  readonly client: InstashareClient;
  /** Absolute and real: no symbolic link on the way. */
  readonly folder: string;
  readonly state: StateStore;
}

/** The real world for the engine. What it is given stays its giver's to dispose of. */
export function createEnvironment({ client, folder, state }: EnvironmentOptions): SyncEnvironment {
  return {
    ...createWatchedFiles(folder),
    remote: createClientRemote(client),
    state,
    clock: createSystemClock(),
    random: Math.random,
  };
}

/** A real folder, really watched. */
function createWatchedFiles(folder: string): Pick<SyncEnvironment, 'files' | 'watcher'> {
  if (process.platform !== 'linux') {
    return { files: createNodeFileSystem(folder), watcher: createParcelWatcher(folder) };
  }
  const watcher = createInotifyWatcher(folder);
  return { files: createNodeFileSystem(folder, { onListing: watcher.follow }), watcher };
}
