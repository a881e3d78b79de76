import type { UploadLimit } from '@instashare/client/node';
import { createEnvironment } from '../../adapters/create-environment.ts';
import type { SyncEnvironment } from '../../engine/environment.ts';
import { createFolderSync, type FolderSync } from '../../engine/folder-sync.ts';
import type { SelectionOptions } from '../../engine/selection.ts';
import type { SyncEvent } from '../../engine/sync-event.ts';
import { parseHours } from '../../model/hours.ts';
import type { Connection } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../format.ts';
import type { FolderFlags } from '../program/folder-options.ts';
import type { WatchTarget } from './find-targets.ts';
import { exclusionsFor, openFolderState } from './open-folder.ts';
import { ownFolders } from './own-folders.ts';
import { serveFolder } from './serve-folder.ts';
import type { ServerWatch } from './server-watch.ts';

/** A folder that this process uploads. */
export interface Watched extends AsyncDisposable {
  readonly target: WatchTarget;
  readonly environment: SyncEnvironment;
  readonly sync: FolderSync;
}

export interface DeletionOptions {
  /** What is gone from the folder at first is meant to be, however much it is. */
  readonly confirmDeletes?: boolean;
  /** What is gone from the folder stays on the server. */
  readonly keepDeleted?: boolean;
}

export interface WatchedOptions extends DeletionOptions, Pick<FolderFlags, 'hours' | 'parallel'> {
  readonly client: Connection['client'];
  readonly userId: string;
  readonly target: WatchTarget;
  readonly selection: SelectionOptions;
  readonly uploadLimit: UploadLimit;
  readonly isOnce: boolean;
  readonly serverWatch: ServerWatch | null;
  readonly onEvent: (event: SyncEvent) => void;
}

/** Opens what is known of a folder and makes the engine, not yet started. Rejects when another process has it. */
export async function openWatched(context: CommandContext, options: WatchedOptions): Promise<Watched> {
  const { client, target, isOnce, onEvent, selection, userId } = options;
  const { confirmDeletes = false, keepDeleted = false } = options;
  const { folder, prefix } = target;
  await using stack = new AsyncDisposableStack();
  const identity = { configFolder: context.configFolder, server: client.url, userId, folder, prefix };
  const { state, name } = stack.use(await openFolderState(identity));
  if (state.damagedPath !== null) {
    context.output.note(
      `What was known of ${printable(folder)} was damaged (kept as ${state.damagedPath}): it is compared again`,
    );
  }
  const environment = createEnvironment({ client, folder, state });
  const isExcluded = exclusionsFor(folder, await ownFolders(context));
  const mode = isOnce ? 'once' : 'watch';
  const { uploadLimit, serverWatch } = options;
  const wanted = { prefix, isExcluded, selection, confirmDeletes, keepDeleted, pace: uploadLimit };
  const sync = stack.use(
    createFolderSync(environment, { ...wanted, ...whenAndHowMany(options), mode, onEvent }),
  );
  stack.use(
    await serveFolder(context, { server: client.url, name, target, sync, state, uploadLimit, serverWatch }),
  );
  const opened = stack.move();
  return { target, environment, sync, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

function whenAndHowMany({ hours, parallel }: Pick<FolderFlags, 'hours' | 'parallel'>) {
  return {
    hours: hours === undefined ? null : parseHours(hours),
    // A request of small files is worked on by the server while the next one is read.
    ...(parallel === undefined ? {} : { limits: { large: parallel, small: parallel + 1 } }),
  };
}
