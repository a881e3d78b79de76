import { type FSWatcher, type Stats, watch } from 'node:fs';
import { ancestorsOf } from '../model/local-path.ts';

export type FolderId = Pick<Stats, 'dev' | 'ino'>;

/** The folders that the system watches, by their absolute paths. */
export interface InotifyHandles extends Disposable {
  /** Watches a folder, anew when another one is at the path by now. Throws what the system says. */
  add(folder: string, id: FolderId): void;
  /** Lets go of those of these folders that are watched, and of all below them. */
  remove(folders: ReadonlySet<string>): void;
}

export interface HandlesListener {
  readonly onEvent: (folder: string, type: string, name: string | null) => void;
  readonly onError: (error: Error) => void;
}

/** What is noted of a folder lies on its handle: there are very many, and each object more is memory for every one. */
interface Handle extends FSWatcher {
  [FOLDER]?: string;
  [DEV]?: number;
  [INO]?: number;
}

const FOLDER = Symbol('folder');
const DEV = Symbol('dev');
const INO = Symbol('ino');

export function createInotifyHandles({ onEvent, onError }: HandlesListener): InotifyHandles {
  const handles = new Map<string, Handle>();
  function onChange(this: Handle, type: string, name: string | null): void {
    onEvent(this[FOLDER] ?? '', type, name);
  }
  return {
    add(folder, { dev, ino }) {
      const before = handles.get(folder);
      if (before?.[DEV] === dev && before[INO] === ino) return;
      handles.delete(folder);
      before?.close();
      const handle: Handle = watch(folder);
      handle[FOLDER] = folder;
      handle[DEV] = dev;
      handle[INO] = ino;
      handle.on('change', onChange);
      handle.on('error', onError);
      handles.set(folder, handle);
    },
    remove(folders) {
      if (![...folders].some((folder) => handles.has(folder))) return;
      for (const [folder, handle] of handles) {
        if (!folders.has(folder) && !ancestorsOf(folder).some((each) => folders.has(each))) continue;
        handles.delete(folder);
        handle.close();
      }
    },
    [Symbol.dispose]() {
      for (const handle of handles.values()) handle.close();
      handles.clear();
    },
  };
}
