import type { InstashareClient, UploadLimit } from '@instashare/client/node';
import type { SyncEvent } from '@instashare/sync';
import { messageOf } from '../shared/app-failure.ts';
import type { SyncedFolder, UploadHours } from '../shared/settings.ts';
import { hoursOf, isHeld, type RunningFolder, startFolder } from './synced-folder.ts';

/** The folders of an account that are uploaded, and those that should be and can't. */
export interface Folders extends AsyncDisposable {
  /** Starts, stops and pauses until it is as wanted; one change at a time. */
  configure(wanted: WantedFolders): Promise<void>;
  running(): readonly RunningFolder[];
  /** By path, with words for the person. */
  failures(): ReadonlyMap<string, string>;
  /** Looks at everything now, and tries again what failed. */
  syncNow(): Promise<void>;
}

export interface WantedFolders {
  readonly folders: readonly SyncedFolder[];
  readonly ignoreRules: string;
  readonly pausedBy: string | null;
  readonly hours: UploadHours | null;
}

export interface FoldersOptions {
  readonly client: InstashareClient;
  readonly userId: string;
  readonly configFolder: string;
  readonly ownFolders: () => Promise<readonly string[]>;
  readonly uploadLimit: UploadLimit;
  readonly onEvent: (event: SyncEvent) => void;
}

/** A disk that was not there may be by then. */
const RETRY_FAILED_MS = 30_000;

export function createFolders(options: FoldersOptions): Folders {
  const starter = createStarter(options);
  const { running, failures } = starter;
  let wanted: WantedFolders = { folders: [], ignoreRules: '', pausedBy: null, hours: null };
  /** What the folders that run leave out, by their path. */
  const appliedRules = new Map<string, string>();
  let isDisposed = false;
  const oneAtATime = createTurns();
  const retry = setInterval(() => {
    if (failures.size > 0) void oneAtATime(reconcile);
  }, RETRY_FAILED_MS);

  async function reconcile(): Promise<void> {
    if (isDisposed) return;
    const { folders, hours, ignoreRules, pausedBy } = wanted;
    const rules = new Map(folders.map(({ path, ignored }) => [path, [ignoreRules, ...ignored].join('\0')]));
    for (const path of new Set([...running.keys(), ...failures.keys()])) {
      if (failures.has(path) || rules.get(path) !== appliedRules.get(path)) await starter.stop(path);
    }
    appliedRules.clear();
    for (const [path, applied] of rules) appliedRules.set(path, applied);
    for (const folder of folders) if (!running.has(folder.path)) await starter.start(folder, wanted);
    for (const { sync } of running.values()) {
      sync.control.pause.set(pausedBy === 'person');
      sync.control.pause.hold(isHeld(pausedBy));
      sync.control.opening.set(hoursOf(hours));
    }
  }

  return {
    configure(next) {
      wanted = next;
      return oneAtATime(reconcile);
    },
    running: () => [...running.values()],
    failures: () => failures,
    async syncNow() {
      if (failures.size > 0) await oneAtATime(reconcile);
      await Promise.all([...running.values()].map(({ sync }) => sync.control.rescan()));
    },
    [Symbol.asyncDispose]() {
      isDisposed = true;
      clearInterval(retry);
      return oneAtATime(async () => {
        for (const { folder } of running.values()) await starter.stop(folder.path);
      });
    },
  };
}

/** Starts and stops one folder, and knows which run and which can't. */
function createStarter(options: FoldersOptions) {
  const running = new Map<string, RunningFolder>();
  const failures = new Map<string, string>();
  return {
    running,
    failures,
    async stop(path: string): Promise<void> {
      const folder = running.get(path);
      running.delete(path);
      failures.delete(path);
      await folder?.[Symbol.asyncDispose]();
    },
    async start(folder: SyncedFolder, wanted: WantedFolders): Promise<void> {
      const onFailure = (error: unknown) => void failures.set(folder.path, messageOf(error));
      try {
        running.set(folder.path, await startFolder({ ...options, ...wanted, folder, onFailure }));
      } catch (error) {
        onFailure(error);
      }
    },
  };
}

/** Runs tasks one after the other. */
function createTurns(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task);
    last = run.catch(() => undefined);
    return run;
  };
}
