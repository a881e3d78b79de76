import type { FileDto, FileIdInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { findFile } from './get-file.ts';
import { toFileDto } from './to-file-dto.ts';

/**
 * Has a failed file verified and compressed again; one that has not failed stays as it is. Rejects with
 * `file_not_found`.
 */
export async function retryFile(
  deps: Pick<Dependencies, 'compressions' | 'database' | 'now'>,
  userId: string,
  { id }: FileIdInput,
): Promise<FileDto> {
  const file = await findFile(deps, userId, id);
  const blob = await deps.database.repositories.blobs.retryFailed(file.blobId, deps.now());
  if (blob === null) return toFileDto(file);
  deps.compressions.add(blob);
  return toFileDto(await findFile(deps, userId, id));
}
