import { toPurgedChange } from '@instashare/backend/database';
import type { EmptyTrashResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

/** Files that one transaction removes. */
const AT_ONCE = 1000;

/** Removes for good what is in the trash now; what is deleted meanwhile stays. Content is seen to as by `purgeFile`. */
export async function emptyTrash(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
): Promise<EmptyTrashResult> {
  const deletedUntil = await database.repositories.trash.newest(userId);
  if (deletedUntil === null) return { files: 0 };
  let files = 0;
  for (;;) {
    const purged = await database.transaction(async ({ changes, trash }) => {
      const removed = await trash.purge({ userId, id: null, deletedUntil, limit: AT_ONCE });
      await changes.record(userId, removed.map(toPurgedChange), 0);
      return removed.length;
    });
    files += purged;
    if (purged < AT_ONCE) return { files };
  }
}
