import type { PurgeFilesInput, PurgeFilesResult } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import { purge } from './purge.ts';

/** Removes files of the trash for good; those that are not in it are passed over. Gives which it removed. */
export async function purgeFiles(
  deps: Parameters<typeof purge>[0],
  principal: Principal,
  { ids }: PurgeFilesInput,
): Promise<PurgeFilesResult> {
  const purged = await purge(deps, principal, {
    ids,
    deletedUntil: null,
    limit: ids.length,
    auditOf: ({ length }) => ({ kind: 'files_purged', details: { files: length } }),
  });
  return { ids: purged.map(({ id }) => id) };
}
