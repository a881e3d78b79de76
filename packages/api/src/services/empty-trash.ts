import { toPurgedChange } from '@instashare/backend/database';
import type { EmptyTrashResult } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/** Files that one transaction removes. */
const AT_ONCE = 1000;

/** Removes for good what is in the trash now; what is deleted meanwhile stays. Content is seen to as by `purgeFile`. */
export async function emptyTrash(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: Principal,
): Promise<EmptyTrashResult> {
  const { database } = deps;
  const { userId } = principal;
  const deletedUntil = await database.repositories.trash.newest(userId);
  if (deletedUntil === null) return { files: 0 };
  let files = 0;
  for (;;) {
    const purged = await database.transaction(async (repositories) => {
      const { changes, trash } = repositories;
      const removed = await trash.purge({ userId, ids: null, deletedUntil, limit: AT_ONCE });
      const details = { files: removed.length };
      await recordAudit(deps, repositories, { actor: principal, kind: 'trash_emptied', details });
      await changes.record(userId, removed.map(toPurgedChange), 0);
      return removed.length;
    });
    files += purged;
    if (purged < AT_ONCE) return { files };
  }
}
