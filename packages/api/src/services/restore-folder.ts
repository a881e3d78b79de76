import { errors } from '@instashare/backend/errors';
import type { RestoreFolderInput, RestoreFolderResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { toFolderPrefix } from './to-folder-prefix.ts';

/**
 * Undoes the deletion of a folder: all its files come back to where they were, or none does. Rejects with
 * `folder_not_found`, or `path_taken`, which names the first path that another file has.
 */
export async function restoreFolder(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  input: RestoreFolderInput,
): Promise<RestoreFolderResult> {
  const trashed = { folder: toFolderPrefix(input.path), deletedAt: new Date(input.deletedAt) };
  return database.transaction(async ({ changes, folders }) => {
    if ((await folders.lockTrashed(userId, trashed)) === 0) throw errors.folderNotFound(input.path);
    const taken = await folders.findTakenBeforeRestore(userId, trashed);
    if (taken !== null) throw errors.pathTaken(taken.path);
    const restored = await folders.restore(userId, trashed);
    const news = restored.map(({ id, versionId }) => ({ fileId: id, versionId, kind: 'restored' as const }));
    await changes.record(userId, news, 0);
    return { files: restored.length };
  });
}
