import { toPurgedChange } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { FileIdInput } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/**
 * Removes a file of the trash for good, with its versions. The sweep sees to content that nothing else points
 * at, and gives its bytes back to the quota. Rejects with `file_not_found`.
 */
export async function purgeFile(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: Principal,
  { id }: FileIdInput,
): Promise<void> {
  const { userId } = principal;
  await deps.database.transaction(async (repositories) => {
    const { changes, trash } = repositories;
    const [purged] = await trash.purge({ userId, ids: [id], deletedUntil: null, limit: 1 });
    if (purged === undefined) throw errors.fileNotFound();
    const details = { fileId: id, path: purged.path };
    await recordAudit(deps, repositories, { actor: principal, kind: 'file_purged', details });
    await changes.record(userId, [toPurgedChange(purged)], 0);
  });
}
