import type { SweepContext } from './sweep-context.ts';

/** Users that one sweep looks at, and changes of each that it removes; the next sweep goes on behind them. */
const USERS = 1000;
const CHANGES_PER_USER = 1000;
const DAY_MS = 24 * 60 * 60_000;
const STEP = 'old changes';

/**
 * Removes changes that nobody is promised any more: who comes with an older cursor lists the files anew. Returns how
 * many.
 */
export async function pruneChanges(
  context: Pick<SweepContext, 'cursors' | 'database' | 'isDryRun' | 'now' | 'retention'>,
): Promise<number> {
  const { cursors, database, isDryRun, now, retention } = context;
  const createdBefore = new Date(now().getTime() - retention.changesDays * DAY_MS);
  const afterUserId = await cursors.find(STEP);
  const page = { afterUserId, users: USERS, changesPerUser: CHANGES_PER_USER };
  const pruned = await database.repositories.changes.prune(createdBefore, page, { isDryRun });
  if (pruned.lastUserId !== afterUserId) await cursors.save(STEP, pruned.lastUserId);
  return pruned.changes;
}
