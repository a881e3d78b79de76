import type { SweepContext } from './sweep-context.ts';

/** Files that one sweep looks at; the next sweep goes on behind them, and at last begins anew. */
const LIMIT = 5000;
const DAY_MS = 24 * 60 * 60_000;
const STEP = 'old versions';

/** Removes versions that are neither current, nor were it a while ago, nor among the newest of their file. Returns how many. */
export async function pruneVersions(
  context: Pick<SweepContext, 'cursors' | 'database' | 'isDryRun' | 'now' | 'retention'>,
): Promise<number> {
  const { cursors, database, isDryRun, now } = context;
  const { versionsKept: keep, versionsKeptDays } = context.retention;
  const replacedBefore = new Date(now().getTime() - versionsKeptDays * DAY_MS);
  const afterId = await cursors.find(STEP);
  const { versions } = database.repositories;
  const page = { afterId, files: LIMIT };
  const pruned = isDryRun
    ? await versions.countPrunable({ replacedBefore, keep }, page)
    : await versions.prune({ replacedBefore, keep }, page);
  if (pruned.lastId !== afterId) await cursors.save(STEP, pruned.lastId);
  return pruned.versions;
}
