import { realpath } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import { AppFailure } from '../shared/app-failure.ts';
import type { SyncedFolder } from '../shared/settings.ts';

/** The folders with one more. It becomes a folder of its own name on the server, or one beside it when that is taken. */
export async function addFolder(folders: readonly SyncedFolder[], chosen: string): Promise<SyncedFolder[]> {
  return placeFolder(folders, await realpath(chosen));
}

/** The same for a path that is real: no link on the way. */
export function placeFolder(folders: readonly SyncedFolder[], path: string): SyncedFolder[] {
  for (const other of folders) {
    if (other.path === path) return [...folders];
    if (isWithin(path, other.path) || isWithin(other.path, path)) {
      const message = `${path} and ${other.path} lie in one another: their files would be uploaded twice`;
      throw new AppFailure({ code: 'folders_overlap', message });
    }
  }
  const prefix = freePrefix(folders, basename(path).normalize('NFC') || 'Disk');
  return [...folders, { path, prefix, ignored: [] }];
}

const isWithin = (inner: string, outer: string): boolean =>
  `${inner}${sep}`.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);

function freePrefix(folders: readonly SyncedFolder[], name: string): string {
  const taken = new Set(folders.map(({ prefix }) => prefix));
  let prefix = name;
  for (let n = 2; taken.has(prefix); n += 1) prefix = `${name} (${n})`;
  return prefix;
}
