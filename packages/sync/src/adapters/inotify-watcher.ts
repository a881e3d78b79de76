import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FolderWatcher, WatchListener } from '../engine/environment.ts';
import { explainWatchFailure } from './explain-watch-failure.ts';
import { createInotifyHandles, type FolderId } from './inotify-handles.ts';

/**
 * Linux watches folders one by one. Which there are, a scan finds out: each folder is watched from just before it is
 * listed, so that nothing falls between the two, and one that is left out is not watched. About 1 kB of memory a folder.
 */
export interface InotifyWatcher extends FolderWatcher {
  /** A folder, as an absolute path, is about to be listed. Never throws: what can't be watched ends the watch. */
  readonly follow: (folder: string, id: FolderId) => void;
}

export interface InotifyOptions {
  /**
   * So many events the system keeps for a process that does not ask for them; it drops what comes then, and Node does not
   * say so.
   */
  readonly mostEvents?: number;
}

/** Programs that write do much within a moment. */
const HINT_MS = 20;

/** Watches `root`, an absolute, real path, and the folders below it that are followed. */
export function createInotifyWatcher(root: string, options: InotifyOptions = {}): InotifyWatcher {
  const { mostEvents = readMostEvents() } = options;
  let current: Watching | null = null;
  return {
    follow: (folder, id) => current?.follow(folder, id),
    async watch(listener) {
      const watching = watchFolders(root, listener, mostEvents);
      current = watching;
      return {
        async [Symbol.asyncDispose]() {
          if (current === watching) current = null;
          watching[Symbol.dispose]();
        },
      };
    },
  };
}

interface Watching extends Disposable, Pick<InotifyWatcher, 'follow'> {}

function watchFolders(root: string, listener: WatchListener, mostEvents: number): Watching {
  const handles = createInotifyHandles({ onEvent, onError: fail });
  const hints = createHints(tell);
  const flood = createFlood(mostEvents);
  const isSame = sameFolder(root);
  let isOver = false;

  function end(): void {
    isOver = true;
    hints[Symbol.dispose]();
    handles[Symbol.dispose]();
  }

  function lose(error: Error): void {
    if (isOver) return;
    end();
    listener.onLost(error);
  }

  function fail(error: Error): void {
    lose(explainWatchFailure(error, 'linux'));
  }

  function onEvent(folder: string, type: string, name: string | null): void {
    if (isOver) return;
    if (flood.isMet()) return lose(new Error('more has changed at once than the system tells of'));
    const mayBeAnother = type === 'rename';
    if (name !== null) hints.add(join(folder, name), mayBeAnother);
    // The system names a folder that has gone or was moved, or its disk, in the same way as a thing of that name in it.
    if (name === null || (mayBeAnother && name === basename(folder))) hints.add(folder, mayBeAnother);
  }

  function tell(paths: ReadonlySet<string>, stale: ReadonlySet<string>): void {
    if (stale.has(root) && !isSame()) return lose(new Error('the folder was moved or deleted'));
    // What has come in their place, or bears another name now, is followed when it is listed.
    handles.remove(new Set([...stale].filter((path) => path !== root)));
    const hinted = [...paths].filter((path) => path !== root).map((path) => path.slice(root.length + 1));
    if (hinted.length > 0) listener.onHint(hinted);
  }

  return {
    follow(folder, id) {
      if (isOver) return;
      try {
        handles.add(folder, id);
      } catch (error) {
        if (error instanceof Error && !willBeTold(error)) fail(error);
      }
    },
    [Symbol.dispose]: end,
  };
}

/** Gathers for a moment what has been hinted at; `stale`: folders there may have gone, or have become others. */
function createHints(tell: (paths: ReadonlySet<string>, stale: ReadonlySet<string>) => void) {
  let paths = new Set<string>();
  let stale = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  function flush(): void {
    const [toldPaths, toldStale] = [paths, stale];
    [paths, stale, timer] = [new Set(), new Set(), null];
    tell(toldPaths, toldStale);
  }
  return {
    add(path: string, isStale: boolean): void {
      paths.add(path);
      if (isStale) stale.add(path);
      timer ??= setTimeout(flush, HINT_MS);
    },
    [Symbol.dispose]: () => clearTimeout(timer ?? undefined),
  };
}

/** Of what the system keeps: other folders may be watched by the same process. */
const SHARE = 0.25;

/** Who is told of so many events without a pause was not told of all, perhaps. */
function createFlood(mostEvents: number) {
  let events = 0;
  return {
    isMet(): boolean {
      if (events === 0) setImmediate(() => (events = 0));
      events += 1;
      return events >= mostEvents * SHARE;
    },
  };
}

/** Whether the folder at a path is still the one that it is now. */
function sameFolder(path: string): () => boolean {
  const { dev, ino } = statSync(path);
  return () => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat !== undefined && stat.dev === dev && stat.ino === ino;
  };
}

/** Listing the folder fails for the same reason. */
function willBeTold(error: Error): boolean {
  return 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES');
}

/** See inotify(7). */
function readMostEvents(): number {
  return Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'));
}
