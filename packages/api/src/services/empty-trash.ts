import type { EmptyTrashResult } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import { purge } from './purge.ts';

/** Files that one transaction removes. */
const AT_ONCE = 1000;

/** Removes for good what is in the trash now; what is deleted meanwhile stays. */
export async function emptyTrash(
  deps: Parameters<typeof purge>[0],
  principal: Principal,
): Promise<EmptyTrashResult> {
  const deletedUntil = await deps.database.repositories.trash.newest(principal.userId);
  if (deletedUntil === null) return { files: 0 };
  let files = 0;
  for (;;) {
    const { length } = await purge(deps, principal, {
      ids: null,
      deletedUntil,
      limit: AT_ONCE,
      auditOf: (purged) => ({ kind: 'trash_emptied', details: { files: purged.length } }),
    });
    files += length;
    if (length < AT_ONCE) return { files };
  }
}
