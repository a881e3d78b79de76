import type { InstashareClient, UploadLimit } from '@instashare/client/node';
import type { User } from '@instashare/contracts';
import { type ServerWatch, type SyncEvent, watchServer } from '@instashare/sync';
import type { Owner, SyncedFolder, UploadHours } from '../shared/settings.ts';
import { type ActivityLog, createActivityLog } from './activity-log.ts';
import { type Copies, createCopies } from './copies.ts';
import { type DropJournal, dropJournalPath, openDropJournal } from './drop-journal.ts';
import { createFileList, type FileList } from './file-list.ts';
import { createFolders, type Folders } from './folders.ts';
import { retryUnreached } from './retry-failed.ts';
import { createTransfers, type Transfers } from './transfers.ts';
import { createTrashList, type TrashList } from './trash-list.ts';
import { createUploadHold, type UploadHold } from './upload-hold.ts';

/** What the person chose that concerns the engine. */
export interface EngineConfig {
  readonly folders: readonly SyncedFolder[];
  /** The account that they were chosen for. */
  readonly owner: Owner | null;
  readonly ignoreRules: string;
  readonly pausedBy: 'person' | 'battery' | 'metered' | null;
  readonly hours: UploadHours | null;
  /** null: as fast as it goes. */
  readonly uploadBytesPerSecond: number | null;
}

/** One who is logged in, and everything that goes on for them. */
export interface Account extends AsyncDisposable {
  readonly client: InstashareClient;
  readonly user: User;
  /** What is ours on this machine, and never uploaded. */
  readonly ownFolders: () => Promise<readonly string[]>;
  readonly files: FileList;
  readonly trash: TrashList;
  readonly transfers: Transfers;
  readonly hold: UploadHold;
  /** What was dropped and is not uploaded yet, on disk. */
  readonly drops: DropJournal;
  /** What was downloaded only to be opened. */
  readonly copies: Copies;
  readonly folders: Folders;
  readonly activity: ActivityLog;
  readonly server: ServerWatch;
}

export interface AccountOptions {
  readonly client: InstashareClient;
  readonly user: User;
  readonly configFolder: string;
  readonly ownFolders: () => Promise<readonly string[]>;
  /** What the client sends by. */
  readonly uploadLimit: UploadLimit;
  readonly onFilesChange: () => void;
}

/** Somebody looks at the app. */
const ASK_EVERY_MS = 10_000;
const ASK_EVERY_MS_WHILE_AWAY = 3_000;

export function openAccount(options: AccountOptions): Account {
  const { client, user, ownFolders, onFilesChange } = options;
  const activity = createActivityLog();
  const trash = createTrashList({ client, onChange: onFilesChange });
  const told = { onEvent: trash.note, onGap: trash.doubt };
  const files = createFileList({ client, onChange: onFilesChange, ...told });
  const transfers = createTransfers();
  const hold = createUploadHold(transfers);
  const drops = openDropJournal(
    dropJournalPath(options.configFolder, { server: client.url, userId: user.id }),
  );
  const copies = createCopies({ client, transfers });
  const onEvent = (event: SyncEvent) => note(activity, event);
  const folders = createFolders({ ...options, userId: user.id, onEvent });
  const server = watchServer({
    ask: (signal) => client.ping(signal),
    everyMs: ASK_EVERY_MS,
    everyMsWhileAway: ASK_EVERY_MS_WHILE_AWAY,
    onBack() {
      files.hurry();
      retryUnreached(transfers);
      // What it finds shows in the folders themselves.
      void folders.syncNow().catch(() => undefined);
    },
  });
  return {
    client,
    user,
    ownFolders,
    files,
    trash,
    transfers,
    hold,
    drops,
    copies,
    folders,
    activity,
    server,
    async [Symbol.asyncDispose]() {
      server[Symbol.dispose]();
      hold[Symbol.dispose]();
      transfers[Symbol.dispose]();
      files[Symbol.dispose]();
      trash[Symbol.dispose]();
      await folders[Symbol.asyncDispose]();
      await client[Symbol.asyncDispose]();
      drops[Symbol.dispose]();
    },
  };
}

/** What of the engine's events a person wants to read again later. */
function note(activity: ActivityLog, event: SyncEvent): void {
  switch (event.type) {
    case 'stored':
    case 'deleted':
    case 'kept':
      activity.add({ kind: event.type, path: event.path });
      return;
    case 'moved':
      activity.add({ kind: 'moved', path: event.path, detail: event.from });
      return;
    case 'problem':
      activity.add({ kind: 'failed', path: event.localPath, detail: event.message });
      return;
    default:
    // The rest shows in the state of the folder.
  }
}
