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

export function createInotifyHandles({ onEvent, onError }: HandlesListener): InotifyHandles {
  const handles = new Map<string, { readonly handle: FSWatcher; readonly id: FolderId }>();
  return {
    add(folder, id) {
      const before = handles.get(folder);
      if (before?.id.dev === id.dev && before.id.ino === id.ino) return;
      handles.delete(folder);
      before?.handle.close();
      const handle = watch(folder, (type, name) => onEvent(folder, type, name));
      handle.on('error', onError);
      handles.set(folder, { handle, id: { dev: id.dev, ino: id.ino } });
    },
    remove(folders) {
      if (![...folders].some((folder) => handles.has(folder))) return;
      for (const [folder, { handle }] of handles) {
        if (!folders.has(folder) && !ancestorsOf(folder).some((each) => folders.has(each))) continue;
        handles.delete(folder);
        handle.close();
      }
    },
    [Symbol.dispose]() {
      for (const { handle } of handles.values()) handle.close();
      handles.clear();
    },
  };
}
