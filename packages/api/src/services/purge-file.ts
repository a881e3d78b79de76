import { toPurgedChange } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { FileIdInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

/**
 * Removes a file of the trash for good, with its versions. The sweep sees to content that nothing else points
 * at, and gives its bytes back to the quota. Rejects with `file_not_found`.
 */
export async function purgeFile(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { id }: FileIdInput,
): Promise<void> {
  await database.transaction(async ({ changes, trash }) => {
    const purged = await trash.purge({ userId, id, deletedUntil: null, limit: 1 });
    if (purged.length === 0) throw errors.fileNotFound();
    await changes.record(userId, purged.map(toPurgedChange), 0);
  });
}
