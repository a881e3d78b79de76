import { toPurgedChange } from '@instashare/backend/database';
import type { PurgeFilesInput, PurgeFilesResult } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/**
 * Removes files of the trash for good, with their versions; those that are not in it are passed over. Gives which it
 * removed. Content is seen to as by `purgeFile`.
 */
export async function purgeFiles(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: Principal,
  { ids }: PurgeFilesInput,
): Promise<PurgeFilesResult> {
  const { userId } = principal;
  return deps.database.transaction(async (repositories) => {
    const { changes, trash } = repositories;
    const purged = await trash.purge({ userId, ids, deletedUntil: null, limit: ids.length });
    if (purged.length > 0) {
      const details = { files: purged.length };
      await recordAudit(deps, repositories, { actor: principal, kind: 'files_purged', details });
      await changes.record(userId, purged.map(toPurgedChange), 0);
    }
    return { ids: purged.map(({ id }) => id) };
  });
}
