import type { Database } from '@instashare/backend/database';
import type { ObjectStore } from '@instashare/backend/storage';

const LIMIT = 1000;
const AT_ONCE = 16;

/** Deletes objects that were let go of and whose time has come. Returns how many. */
export async function deleteDueObjects(deps: {
  readonly database: Database;
  readonly objects: Pick<ObjectStore, 'delete'>;
  readonly now: () => Date;
}): Promise<number> {
  const { objectDeletions } = deps.database.repositories;
  const due = await objectDeletions.due(deps.now(), LIMIT);
  for (let start = 0; start < due.length; start += AT_ONCE) {
    const keys = due.slice(start, start + AT_ONCE);
    await Promise.all(keys.map((key) => deps.objects.delete(key)));
    await objectDeletions.done(keys);
  }
  return due.length;
}
