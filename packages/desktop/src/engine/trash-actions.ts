import { isInstashareError } from '@instashare/client';
import { messageOf } from '../shared/app-failure.ts';
import type { Restored } from '../shared/trash-row.ts';
import type { Account } from './account.ts';
import { eachAtOnce } from './each-at-once.ts';
import { checkedPath } from './file-actions.ts';
import { toFileRow } from './file-list.ts';

type TrashOwner = Pick<Account, 'client' | 'files' | 'trash'>;

/** Takes files out of the trash; those that are not in it any more are passed over. */
export async function restoreFiles(
  owner: TrashOwner,
  { ids, underFreeNames }: { readonly ids: readonly string[]; readonly underFreeNames: boolean },
): Promise<Restored> {
  const taken: Restored['taken'] = [];
  let restored = 0;
  const failure = await untilFailure(ids, async (id) => {
    const suggestedPath = underFreeNames
      ? await restoreBeside(owner, id)
      : await restoreUnlessTaken(owner, id, null);
    if (suggestedPath === null) restored += 1;
    else taken.push({ id, suggestedPath });
  });
  return { restored, taken, failure };
}

/** Others may take a name that was free, files of the same trash among them. */
const MOST_TRIES = 20;

/** null: it is restored; else a path that was free when the last was taken. */
async function restoreBeside(owner: TrashOwner, id: string): Promise<string | null> {
  let free = await restoreUnlessTaken(owner, id, null);
  for (let tries = 0; free !== null && tries < MOST_TRIES; tries += 1) {
    if ((await restoreUnlessTaken(owner, id, free)) === null) return null;
    // What is free instead is asked of where it was: "plan (3)", not "plan (2) (2)".
    free = await restoreUnlessTaken(owner, id, null);
  }
  return free;
}

async function restoreUnlessTaken(
  owner: TrashOwner,
  id: string,
  path: string | null,
): Promise<string | null> {
  try {
    await restore(owner, id, path);
    return null;
  } catch (error) {
    if (!isInstashareError(error, 'path_taken') || error.suggestedPath === undefined) throw error;
    return error.suggestedPath;
  }
}

async function restore({ client, files, trash }: TrashOwner, id: string, path: string | null): Promise<void> {
  const input = path === null ? { id } : { id, path };
  const file = await client.call((trpc) => trpc.trash.restore.mutate(input));
  trash.remove(id);
  files.index.put(toFileRow(file));
}

/** To a path that a person has typed. Rejects with `path_taken`, which names a free one. */
export async function restoreFileTo(
  owner: TrashOwner,
  input: { readonly id: string; readonly path: string },
): Promise<void> {
  await restore(owner, input.id, checkedPath(input.path));
}

/** Removes files of the trash for good, with their versions. */
export async function purgeFiles(
  { client, trash }: TrashOwner,
  ids: readonly string[],
): Promise<{ purged: number; failure: string | null }> {
  let purged = 0;
  const failure = await untilFailure(ids, async (id) => {
    await client.call((trpc) => trpc.trash.purge.mutate({ id }));
    purged += 1;
    trash.remove(id);
  });
  return { purged, failure };
}

export async function emptyTrash({ client, trash }: TrashOwner): Promise<{ files: number }> {
  try {
    return await client.call((trpc) => trpc.trash.empty.mutate());
  } finally {
    // An answer that did not come says nothing of what was done.
    trash.doubt();
  }
}

/** What is not there any more is as it was to be; anything else is why no more of them is tried. */
async function untilFailure(
  ids: readonly string[],
  run: (id: string) => Promise<void>,
): Promise<string | null> {
  try {
    await eachAtOnce(ids, (id) =>
      run(id).catch((error: unknown) => {
        if (!isInstashareError(error, 'file_not_found')) throw error;
      }),
    );
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
