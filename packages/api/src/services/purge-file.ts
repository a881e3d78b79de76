import { errors } from '@instashare/backend/errors';
import type { FileIdInput } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import { purge } from './purge.ts';

/** Removes a file of the trash for good. Rejects with `file_not_found`. */
export async function purgeFile(
  deps: Parameters<typeof purge>[0],
  principal: Principal,
  { id }: FileIdInput,
): Promise<void> {
  const purged = await purge(deps, principal, {
    ids: [id],
    deletedUntil: null,
    limit: 1,
    auditOf: ([file]) => ({ kind: 'file_purged', details: { fileId: id, path: file?.path ?? '' } }),
  });
  if (purged.length === 0) throw errors.fileNotFound();
}
