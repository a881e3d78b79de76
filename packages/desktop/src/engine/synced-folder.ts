import { join } from 'node:path';
import type { InstashareClient, UploadLimit } from '@instashare/client/node';
import {
  CASE_MATTERS,
  createEnvironment,
  createFolderSync,
  exclusionsFor,
  type FolderSync,
  findFolder,
  type Hours,
  openFolderState,
  parseHours,
  parseIgnoreFile,
  type SelectionOptions,
  type SyncEnvironment,
  type SyncEvent,
} from '@instashare/sync';
import { ignoreRuleFor } from '@instashare/sync/ignore-rule';
import type { SyncedFolder, UploadHours } from '../shared/settings.ts';

/** A folder that is being uploaded; its engine runs from now on. */
export interface RunningFolder extends AsyncDisposable {
  readonly folder: SyncedFolder;
  readonly sync: FolderSync;
  readonly totals: () => Amount;
  /** The file in this folder that the server's file is, at this version; null when there is none. */
  readonly localCopyOf: (file: ServerFile) => Promise<string | null>;
}

/** A file on the server at a version; without the sha256 where it is not known, as while the server is away. */
export interface ServerFile {
  readonly id: string;
  readonly path: string;
  readonly version: number;
  readonly sizeBytes: number;
  readonly sha256: string | null;
}

export interface StartFolderOptions {
  readonly folder: SyncedFolder;
  readonly client: InstashareClient;
  readonly userId: string;
  /** Where the state is kept, for this program and the command line alike. */
  readonly configFolder: string;
  /** Never uploaded, should they lie in the folder. */
  readonly ownFolders: () => Promise<readonly string[]>;
  readonly uploadLimit: UploadLimit;
  readonly ignoreRules: string;
  readonly pausedBy: string | null;
  readonly hours: UploadHours | null;
  readonly onEvent: (event: SyncEvent) => void;
  /** The folder could not be read. */
  readonly onFailure: (error: unknown) => void;
}

interface Amount {
  readonly files: number;
  readonly sizeBytes: number;
}

const COUNT_EVERY_MS = 1_000;

/** Counting 100,000 files takes some 10 ms: it is done only when something happened, and not too often. */
function createTotals(count: () => Amount) {
  let counted = count();
  let countedAtMs = performance.now();
  let isStale = false;
  return {
    /** When all is done it is told how much that is: nothing more may happen that would have it counted again. */
    note(event: SyncEvent) {
      isStale = event.type !== 'up_to_date';
      if (event.type === 'up_to_date') counted = { files: event.files, sizeBytes: event.sizeBytes };
    },
    get(): Amount {
      if (isStale && performance.now() - countedAtMs >= COUNT_EVERY_MS) {
        counted = count();
        countedAtMs = performance.now();
        isStale = false;
      }
      return counted;
    },
  };
}

/** Throws words for the person when a line can't be meant as it is written: then nothing goes up. */
function selectionOf(ignoreRules: string, ignored: readonly string[]): SelectionOptions {
  const { rules, problem } = parseIgnoreFile(ignoreRules, 'Settings');
  if (rules === null) throw new Error(`The ignore rules in the settings can't be used: ${problem}`);
  const excludes = [...rules.map(({ pattern }) => pattern), ...ignored.map(ignoreRuleFor)];
  return { excludes, isCaseSensitive: CASE_MATTERS };
}

/** Paused by how it stands with this machine, not by the person: no wish to be kept. */
export const isHeld = (pausedBy: string | null): boolean => pausedBy !== null && pausedBy !== 'person';

export const hoursOf = (hours: UploadHours | null): Hours | null =>
  hours === null ? null : parseHours(`${hours.from}-${hours.to}`);

/** Rejects with words for the person when the folder is not there, or another program is at work on it. */
export async function startFolder(options: StartFolderOptions): Promise<RunningFolder> {
  const { client, userId, configFolder } = options;
  const { prefix, ignored } = options.folder;
  const selection = selectionOf(options.ignoreRules, ignored);
  const folder = await findFolder(options.folder.path);
  const isExcluded = exclusionsFor(folder, await options.ownFolders());
  const opened = await openFolderState({ configFolder, server: client.url, userId, folder, prefix });
  try {
    return run(options, { folder, isExcluded, selection, opened });
  } catch (error) {
    opened[Symbol.dispose]();
    throw error;
  }
}

/**
 * What has been changed here since, and not been uploaded yet, counts as well: it is the file that the server's becomes. A
 * link counts for nothing, also on the way.
 */
async function findLocalCopy(
  { state, files }: SyncEnvironment,
  folder: string,
  { id, path, version, sizeBytes, sha256 }: ServerFile,
): Promise<string | null> {
  const known = state.known(path);
  if (known === undefined || known.fileId !== id || known.version !== version) return null;
  if (sha256 !== null && (known.sha256 !== sha256 || known.sizeBytes !== sizeBytes)) return null;
  const seen = await files.look(known.localPath);
  return seen?.kind === 'file' ? join(folder, known.localPath) : null;
}

interface Opened {
  readonly folder: string;
  readonly isExcluded: (localPath: string) => boolean;
  readonly selection: SelectionOptions;
  readonly opened: Awaited<ReturnType<typeof openFolderState>>;
}

/** What it is given is let go when the folder is. */
function run(options: StartFolderOptions, { folder, isExcluded, selection, opened }: Opened): RunningFolder {
  const { client, onEvent, onFailure } = options;
  const { state } = opened;
  state.setPaused(options.pausedBy === 'person');
  const environment = createEnvironment({ client, folder, state });
  const totals = createTotals(() => state.totals());
  const sync = createFolderSync(environment, {
    mode: 'watch',
    prefix: options.folder.prefix,
    isExcluded,
    selection,
    hours: hoursOf(options.hours),
    pace: options.uploadLimit,
    onEvent(event) {
      totals.note(event);
      onEvent(event);
    },
  });
  sync.control.pause.hold(isHeld(options.pausedBy));
  const stopped = new AbortController();
  sync.start().catch((error: unknown) => {
    if (!stopped.signal.aborted) onFailure(error);
  });
  return {
    folder: options.folder,
    sync,
    totals: () => totals.get(),
    localCopyOf: (file) => findLocalCopy(environment, folder, file),
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await sync[Symbol.asyncDispose]();
      opened[Symbol.dispose]();
    },
  };
}
