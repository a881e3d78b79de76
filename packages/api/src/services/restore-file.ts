import { errors } from '@instashare/backend/errors';
import type { FileDto, RestoreFileInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { requireFreePath } from './require-free-path.ts';
import { toFileDto } from './to-file-dto.ts';

/**
 * Takes a file out of the trash, with its id and versions, to where it was or to another path. Rejects with
 * `file_not_found`, or `path_taken` with a path that is free.
 */
export async function restoreFile(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  input: RestoreFileInput,
): Promise<FileDto> {
  return database.transaction(async (repositories) => {
    const { changes, files, trash } = repositories;
    const trashed = await trash.lock(userId, input.id);
    if (trashed === null) throw errors.fileNotFound();
    const path = input.path ?? trashed.path;
    // Who takes the path between the two statements makes the second fail, and this one is asked again.
    await requireFreePath(repositories, userId, path);
    await trash.restore(input.id, path);
    const news = { fileId: input.id, versionId: trashed.versionId, kind: 'restored' as const };
    await changes.record(userId, [{ ...news, previousPath: path === trashed.path ? null : trashed.path }], 0);
    const file = await files.find(userId, input.id);
    if (file === null) throw new Error('the file is locked by this transaction');
    return toFileDto(file);
  });
}
