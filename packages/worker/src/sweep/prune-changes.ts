import { inParts, type Turn } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

/** Users that one sweep looks at; the next sweep goes on behind them. */
const USERS = 1000;
/** Changes of each user that are removed together. */
const CHANGES_PER_USER = 1000;
/** More than a user can have. */
const ALL = 2 ** 31 - 1;
const DAY_MS = 24 * 60 * 60_000;
const STEP = 'old changes';

/**
 * Removes changes that nobody is promised any more: who comes with an older cursor lists the files anew. Returns how
 * many.
 */
export async function pruneChanges(
  context: Pick<SweepContext, 'cursors' | 'database' | 'isDryRun' | 'now' | 'retention'> & Turn,
): Promise<number> {
  const { cursors, database, isDryRun, now, retention } = context;
  const createdBefore = new Date(now().getTime() - retention.changesDays * DAY_MS);
  const afterUserId = await cursors.find(STEP);
  const changesPerUser = isDryRun ? ALL : CHANGES_PER_USER;
  let lastUserId: string | null = null;
  const pruned = await inParts(context, isDryRun ? ALL : CHANGES_PER_USER, async () => {
    const page = { afterUserId, users: USERS, changesPerUser };
    const removed = await database.repositories.changes.prune(createdBefore, page, { isDryRun });
    lastUserId = removed.lastUserId;
    return removed.changes;
  });
  if (lastUserId !== afterUserId) await cursors.save(STEP, lastUserId);
  return pruned;
}
