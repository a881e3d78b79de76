import { errors } from '@instashare/backend/errors';
import type { DeleteFolderInput, DeleteFolderResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { toFolderPrefix } from './to-folder-prefix.ts';

/** Puts all files of a folder into the trash, each of which can be restored. Rejects with `folder_not_found`. */
export async function deleteFolder(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  input: DeleteFolderInput,
): Promise<DeleteFolderResult> {
  const folder = toFolderPrefix(input.path);
  return database.transaction(async ({ changes, folders }) => {
    // The lock keeps to the order of paths, which the statement itself does not promise.
    await folders.lock(userId, folder);
    const trashed = await folders.trash(userId, folder);
    const [first] = trashed;
    if (first === undefined) throw errors.folderNotFound(input.path);
    const news = trashed.map(({ id, versionId }) => ({ fileId: id, versionId, kind: 'deleted' as const }));
    await changes.record(userId, news, 0);
    return { files: trashed.length, deletedAt: first.deletedAt.toISOString() };
  });
}
