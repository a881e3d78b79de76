import { errors } from '@instashare/backend/errors';
import type { DeleteFileResult, FileIdInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

/** Puts a file into the trash: its path is free at once, its content and versions stay. */
export async function deleteFile(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  input: FileIdInput,
): Promise<DeleteFileResult> {
  return database.transaction(async ({ trash, changes }) => {
    const trashed = await trash.put(userId, input.id);
    if (trashed === null) throw errors.fileNotFound();
    await changes.record(userId, [{ fileId: input.id, versionId: trashed.versionId, kind: 'deleted' }], 0);
    return { id: input.id, deletedAt: trashed.deletedAt.toISOString() };
  });
}
