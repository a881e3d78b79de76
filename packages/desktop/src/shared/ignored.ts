import type { SyncedFolder } from './settings.ts';

/** A path of one folder; the same path of another one is another file. */
export interface PathInFolder {
  readonly folder: string;
  readonly localPath: string;
}

/** More than this nobody looks through any more: that is what rules are for. */
export const MOST_IGNORED = 1_000;

/** The folders, with a path that is never uploaded from one of them; null where there is no room for another. */
export function withIgnored(
  folders: readonly SyncedFolder[],
  { folder, localPath }: PathInFolder,
): SyncedFolder[] | null {
  const changed = folders.map((each) =>
    each.path === folder ? { ...each, ignored: [...new Set([...each.ignored, localPath])] } : each,
  );
  return changed.some(({ ignored }) => ignored.length > MOST_IGNORED) ? null : changed;
}

/** The same, with that path uploaded again. */
export const withoutIgnored = (
  folders: readonly SyncedFolder[],
  { folder, localPath }: PathInFolder,
): SyncedFolder[] =>
  folders.map((each) =>
    each.path === folder ? { ...each, ignored: each.ignored.filter((path) => path !== localPath) } : each,
  );
