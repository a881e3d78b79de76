import type { InstashareClient } from '@instashare/client/node';
import { isInstashareError } from '@instashare/client/node';
import type { TrashedEntry, TrashedFolder } from './find-trashed.ts';

export interface RestoredFolder {
  readonly files: number;
  /** Of those that stay in the trash, since other files are there. */
  readonly taken: readonly string[];
}

/**
 * Restores all of a folder that is in the trash: what was deleted at once comes back at once. Of several that were
 * deleted at one path, one after the other, the last one comes back.
 */
export async function restoreTrashedFolder(
  client: InstashareClient,
  { path, entries }: TrashedFolder,
  signal: AbortSignal,
): Promise<RestoredFolder> {
  const restored = new Set<string>();
  const taken: string[] = [];
  for (const [deletedAt, together] of groupByTime(entries)) {
    const rest = together.filter((entry) => !restored.has(entry.path));
    if (rest.length === together.length) {
      const isDone = await unlessTaken(() =>
        client.call((trpc) => trpc.trash.restoreFolder.mutate({ path, deletedAt }, { signal })),
      );
      if (isDone) {
        for (const entry of together) restored.add(entry.path);
        continue;
      }
    }
    for (const entry of rest) {
      signal.throwIfAborted();
      const isDone = await unlessTaken(() =>
        client.call((trpc) => trpc.trash.restore.mutate({ id: entry.id }, { signal })),
      );
      if (isDone) restored.add(entry.path);
      else taken.push(entry.path);
    }
  }
  return { files: restored.size, taken };
}

/** False when another file has the path; any other failure is thrown. */
async function unlessTaken(restore: () => Promise<unknown>): Promise<boolean> {
  try {
    await restore();
    return true;
  } catch (error) {
    if (isInstashareError(error, 'path_taken')) return false;
    throw error;
  }
}

function groupByTime(entries: readonly TrashedEntry[]): Map<string, TrashedEntry[]> {
  const groups = new Map<string, TrashedEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.deletedAt);
    if (group === undefined) groups.set(entry.deletedAt, [entry]);
    else group.push(entry);
  }
  return groups;
}
