import { type Database, toPurgedChange } from '@instashare/backend/database';
import { inParts, type Turn } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

const LIMIT = 1000;
const DAY_MS = 24 * 60 * 60_000;

/** Removes for good what has been in the trash for its time, the oldest first. Returns how many files. */
export async function purgeOldTrash(
  context: Pick<SweepContext, 'database' | 'isDryRun' | 'now' | 'retention'> & Turn,
): Promise<number> {
  const { database, isDryRun, now, retention } = context;
  const deletedUntil = new Date(now().getTime() - retention.trashDays * DAY_MS);
  if (isDryRun) return database.repositories.trash.countDeleted(deletedUntil);
  return inParts(context, LIMIT, () => purgeSome(database, deletedUntil));
}

function purgeSome(database: Database, deletedUntil: Date): Promise<number> {
  return database.transaction(async ({ changes, trash }) => {
    const purged = await trash.purge({ userId: null, ids: null, deletedUntil, limit: LIMIT });
    const byOwner = Map.groupBy(purged, ({ userId }) => userId);
    // Last, since it locks the users; in one order, so that two at once do not wait in a ring.
    for (const owner of [...byOwner.keys()].toSorted()) {
      await changes.record(owner, (byOwner.get(owner) ?? []).map(toPurgedChange), 0);
    }
    return purged.length;
  });
}
