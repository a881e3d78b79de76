import { errors } from '@instashare/backend/errors';
import type { DeleteFileInput, DeleteFileResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { type Expectation, requireExpected } from './expected-version.ts';

/**
 * Puts a file into the trash: its path is free at once, its content and versions stay. Rejects with
 * `file_not_found`, or `version_mismatch`.
 */
export async function deleteFile(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  input: DeleteFileInput & Expectation,
): Promise<DeleteFileResult> {
  return database.transaction(async (repositories) => {
    const { changes, files, trash } = repositories;
    if ((await files.lock(userId, input.id)) === null) throw errors.fileNotFound();
    await requireExpected(repositories, userId, input);
    const trashed = await trash.put(userId, input.id);
    if (trashed === null) throw errors.fileNotFound();
    await changes.record(userId, [{ fileId: input.id, versionId: trashed.versionId, kind: 'deleted' }], 0);
    return { id: input.id, deletedAt: trashed.deletedAt.toISOString() };
  });
}
