import { errors } from '@instashare/backend/errors';
import type { FileDto, MoveFileInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { type Expectation, requireExpected } from './expected-version.ts';
import { requireFreePath } from './require-free-path.ts';
import { toFileDto } from './to-file-dto.ts';

/**
 * Gives a file another path: its id, versions and bytes stay. Rejects with `file_not_found`,
 * `version_mismatch`, or `path_taken` with a path that is free.
 */
export async function moveFile(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  input: MoveFileInput & Expectation,
): Promise<FileDto> {
  return database.transaction(async (repositories) => {
    const { files, changes } = repositories;
    const file = await files.lock(userId, input.id);
    if (file === null) throw errors.fileNotFound();
    await requireExpected(repositories, userId, input);
    if (file.path !== input.path) {
      // Who takes the path between the two statements makes the second fail, and this one is asked again.
      await requireFreePath(repositories, userId, input.path);
      await files.move(input.id, input.path);
      const { path: previousPath, versionId } = file;
      await changes.record(userId, [{ fileId: input.id, versionId, kind: 'moved', previousPath }], 0);
    }
    const moved = await files.find(userId, input.id);
    if (moved === null) throw new Error('the file is locked by this transaction');
    return toFileDto(moved);
  });
}
