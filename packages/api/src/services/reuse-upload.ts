import type { OpenedUpload } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { UploadResult } from '@instashare/contracts';
import type { KeepAnswer } from './answer-once.ts';
import type { Dependencies } from './dependencies.ts';
import { renewUpload } from './get-upload.ts';
import { requireOpen } from './require-open.ts';

type Used = Pick<Dependencies, 'config' | 'database' | 'now' | 'objects' | 'uploadReceiver'>;

/**
 * For an upload that the quota has no room for: the session that the very same request has opened before, when nothing
 * was sent to it. The answer to that may have been lost, and then nobody knows what its room is reserved for. One with
 * bytes is known to somebody, who may be sending at this moment: to begin it anew would take away what they have sent.
 * Rejects with `quota_exceeded` when there is none.
 */
export async function reuseUpload(
  deps: Used,
  userId: string,
  { row, keep }: { readonly row: OpenedUpload; readonly keep: KeepAnswer | undefined },
): Promise<UploadResult> {
  const { database, objects } = deps;
  const now = deps.now();
  const found = await database.repositories.uploads.findSame(userId, row);
  if (found === null || found.expiresAt <= now) throw errors.quotaExceeded(row.sizeBytes);
  const upload = requireOpen(found, now);
  const status = await objects.uploadSessionStatus(upload.objectKey, upload.session);
  if (status.state !== 'open' || status.receivedBytes > 0) throw errors.quotaExceeded(row.sizeBytes);
  const result = await renewUpload(deps, upload);
  if (keep !== undefined) {
    await database.transaction((repositories) => keep(repositories, result), { durable: false });
  }
  return result;
}
