import { MAX_BATCH_FILES } from '@instashare/contracts/rules';
import { messageOf } from '../shared/app-failure.ts';
import type { Restored } from '../shared/trash-row.ts';
import type { Account } from './account.ts';
import { checkedPath } from './file-actions.ts';
import { toFileRow } from './file-list.ts';

type TrashOwner = Pick<Account, 'client' | 'files' | 'trash'>;

/** Takes files out of the trash; those that are not in it any more are passed over. */
export async function restoreFiles(
  { client, files, trash }: TrashOwner,
  { ids, underFreeNames }: { readonly ids: readonly string[]; readonly underFreeNames: boolean },
): Promise<Restored> {
  const taken: Restored['taken'] = [];
  let restored = 0;
  const failure = await inPortions(ids, async (portion) => {
    const input = { files: portion.map((id) => ({ id })), underFreeNames };
    const { results } = await client.call((trpc) => trpc.trash.restoreMany.mutate(input));
    for (const [index, result] of results.entries()) {
      const id = portion[index] ?? '';
      if ('file' in result) {
        restored += 1;
        trash.remove(id);
        files.index.put(toFileRow(result.file));
      } else if (result.error.suggestedPath !== undefined) {
        taken.push({ id, suggestedPath: result.error.suggestedPath });
      }
    }
  });
  return { restored, taken, failure };
}

/** To a path that a person has typed. Rejects with `path_taken`, which names a free one. */
export async function restoreFileTo(
  { client, files, trash }: TrashOwner,
  { id, path }: { readonly id: string; readonly path: string },
): Promise<void> {
  const input = { id, path: checkedPath(path) };
  const file = await client.call((trpc) => trpc.trash.restore.mutate(input));
  trash.remove(id);
  files.index.put(toFileRow(file));
}

/** Removes files of the trash for good, with their versions. */
export async function purgeFiles(
  { client, trash }: TrashOwner,
  ids: readonly string[],
): Promise<{ purged: number; failure: string | null }> {
  let purged = 0;
  const failure = await inPortions(ids, async (portion) => {
    const { ids: removed } = await client.call((trpc) => trpc.trash.purgeMany.mutate({ ids: portion }));
    purged += removed.length;
    for (const id of portion) trash.remove(id);
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

/** As many at once as the server takes. Gives why no more of them was tried; null: all were. */
async function inPortions(
  ids: readonly string[],
  run: (portion: string[]) => Promise<void>,
): Promise<string | null> {
  try {
    for (let at = 0; at < ids.length; at += MAX_BATCH_FILES) await run(ids.slice(at, at + MAX_BATCH_FILES));
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
