import { errors } from '@instashare/backend/errors';
import type { DeleteFolderInput, DeleteFolderResult } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';
import { toFolderPrefix } from './to-folder-prefix.ts';

/** Puts all files of a folder into the trash, each of which can be restored. Rejects with `folder_not_found`. */
export async function deleteFolder(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: Principal,
  input: DeleteFolderInput,
): Promise<DeleteFolderResult> {
  const folder = toFolderPrefix(input.path);
  const { userId } = principal;
  return deps.database.transaction(async (repositories) => {
    const { changes, folders } = repositories;
    // The lock keeps to the order of paths, which the statement itself does not promise.
    await folders.lock(userId, folder);
    const trashed = await folders.trash(userId, folder);
    const [first] = trashed;
    if (first === undefined) throw errors.folderNotFound(input.path);
    const details = { path: input.path, files: trashed.length };
    await recordAudit(deps, repositories, { actor: principal, kind: 'folder_deleted', details });
    const news = trashed.map(({ id, versionId }) => ({ fileId: id, versionId, kind: 'deleted' as const }));
    await changes.record(userId, news, 0);
    return { files: trashed.length, deletedAt: first.deletedAt.toISOString() };
  });
}
