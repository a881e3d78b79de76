import { errors } from '@instashare/backend/errors';
import type { DeleteFileInput, DeleteFileResult } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { type Expectation, requireExpected } from './expected-version.ts';
import { recordAudit } from './record-audit.ts';

/**
 * Puts a file into the trash: its path is free at once, its content and versions stay. Rejects with
 * `file_not_found`, or `version_mismatch`.
 */
export async function deleteFile(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: Principal,
  input: DeleteFileInput & Expectation,
): Promise<DeleteFileResult> {
  const { userId } = principal;
  return deps.database.transaction(async (repositories) => {
    const { changes, files, trash } = repositories;
    if ((await files.lock(userId, input.id)) === null) throw errors.fileNotFound();
    await requireExpected(repositories, userId, input);
    const trashed = await trash.put(userId, input.id);
    if (trashed === null) throw errors.fileNotFound();
    const details = { fileId: input.id, path: trashed.path };
    await recordAudit(deps, repositories, { actor: principal, kind: 'file_deleted', details });
    await changes.record(userId, [{ fileId: input.id, versionId: trashed.versionId, kind: 'deleted' }], 0);
    return { id: input.id, deletedAt: trashed.deletedAt.toISOString() };
  });
}
