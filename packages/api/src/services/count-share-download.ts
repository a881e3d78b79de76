import type { ShareRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { Dependencies } from './dependencies.ts';

/** Counts a download before its first byte. Rejects with `share_not_found` when there is none left. */
export async function countShareDownload(
  { database, now }: Pick<Dependencies, 'database' | 'now'>,
  { id }: Pick<ShareRow, 'id'>,
): Promise<void> {
  if (!(await database.repositories.shares.countDownload(id, now()))) throw errors.shareNotFound();
}
