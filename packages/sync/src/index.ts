/**
 * The folder engine: finds what is new or changed in a folder and brings it to the server. One way, up: it
 * never changes anything in the folder. `createEnvironment` is the real world, `createFolderSync` the engine.
 *
 * Knows nothing of Electron, nor of the terminal; the `instashare` command in `cli/` is one user of it, the desktop app
 * another. Both keep what they know of a folder in the same place, so that only one of them works on it at a time.
 */
export { createEnvironment, type EnvironmentOptions } from './adapters/create-environment.ts';
export { makeFolder } from './adapters/make-folder.ts';
export { acquireProcessLock } from './adapters/process-lock.ts';
export { type OpenedState, openSqliteState } from './adapters/sqlite-state.ts';
export { localPathIn } from './cli/get/local-name.ts';
export { CASE_MATTERS } from './cli/watch/find-selection.ts';
export { exclusionsFor, type FolderIdentity, findFolder, openFolderState } from './cli/watch/open-folder.ts';
export { ownFolders } from './cli/watch/own-folders.ts';
export { type ServerWatch, watchServer } from './cli/watch/server-watch.ts';
export type { SyncEnvironment } from './engine/environment.ts';
export { createFolderSync, type FolderSync, type FolderSyncOptions } from './engine/folder-sync.ts';
export type { SelectionOptions } from './engine/selection.ts';
export {
  type ActiveUpload,
  type FileProblem,
  needsPerson,
  type SyncEvent,
  type SyncStatus,
} from './engine/sync-event.ts';
export { type Hours, lookAtHours, parseHours } from './model/hours.ts';
export { parseIgnoreFile } from './model/ignore-file.ts';
export { createSpeedometer, type Speedometer } from './model/speed.ts';
