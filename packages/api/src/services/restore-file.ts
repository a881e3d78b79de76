import { isAppError } from '@instashare/backend/errors';
import type { FileDto, RestoreFileInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { restoreFiles } from './restore-files.ts';

/**
 * Takes a file out of the trash, with its id and versions, to where it was or to another path. Rejects with
 * `file_not_found`, or `path_taken` with a path that is free.
 */
export async function restoreFile(
  deps: Pick<Dependencies, 'database'>,
  userId: string,
  input: RestoreFileInput,
): Promise<FileDto> {
  const [restored] = await restoreFiles(deps, userId, { files: [input], underFreeNames: false });
  if (restored === undefined) throw new Error('what came of a file was not told');
  if (isAppError(restored)) throw restored;
  return restored.file;
}
