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
  const blob = await deps.database.transaction(async ({ blobs, changes, files }) => {
    const retried = await blobs.retryFailed(file.blobId, deps.now());
    const uses = retried === null ? [] : await files.withContent([retried.id]);
    const news = uses.map(({ fileId, versionId }) => ({ fileId, versionId, kind: 'updated' as const }));
    if (news.length > 0) await changes.record(userId, news, 0);
    return retried;
  });
  if (blob === null) return toFileDto(file);
  deps.compressions.add(blob);
  return toFileDto(await findFile(deps, userId, id));
}
