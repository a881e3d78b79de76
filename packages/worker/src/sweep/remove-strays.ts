import type { Ownerless } from '@instashare/backend/database';
import type { ListOptions, ListPage } from '@instashare/backend/storage';
import type { SweepContext } from './sweep-context.ts';

/** So old that no row can still be on its way. */
const MIN_AGE_MS = 24 * 60 * 60_000;
/** Also how many one run lets go of at most. */
const LIMIT = 1000;
/**
 * A page of which more than this belongs to nobody tells of a wrong or a restored database, or of a fault of
 * ours, rather than of strays: then nothing goes.
 */
const MAX_STRAY_SHARE = 0.2;
const FEW = 20;

export interface StrayOptions {
  /** Names the cursor. */
  readonly step: string;
  readonly list: List;
  /** What tells whether the database is the right one. Of uploads that were never finished all may be strays. */
  readonly judgedBy: List;
}

type List = (options: ListOptions) => Promise<ListPage>;

/**
 * Looks at the next page of a listing and lets go of what nothing in the database names, to be deleted after a while.
 * Returns how much.
 */
export async function removeStrays(context: SweepContext, options: StrayOptions): Promise<number> {
  const { cursors, database, isDryRun, log, now, strayGraceMs } = context;
  const { step, list, judgedBy } = options;
  const page = await list({ cursor: await cursors.find(step), limit: LIMIT });
  const strays = await straysOf(context, page);
  let removed = strays.found.map(({ objectKey }) => objectKey);
  const judged = judgedBy === list ? strays : null;
  if (isMany(strays) && isTooMany(judged ?? (await straysOf(context, await judgedBy({ limit: LIMIT }))))) {
    log.error({ step, strays: removed.length, of: strays.of }, 'too many strays: none is removed');
    removed = [];
  } else if (removed.length > 0 && !isDryRun) {
    const dueAt = new Date(now().getTime() + strayGraceMs);
    removed = await database.repositories.objectDeletions.scheduleOwnerless(removed, dueAt);
    if (removed.length > 0)
      log.warn({ step, objectKeys: removed, dueAt }, 'strays: they go at the time given');
  } else if (removed.length > 0) {
    log.info({ step, objectKeys: removed }, 'strays');
  }
  await cursors.save(step, page.nextCursor);
  return removed.length;
}

interface Strays {
  readonly found: readonly Ownerless[];
  readonly of: number;
}

async function straysOf({ database, now }: SweepContext, { objects }: ListPage): Promise<Strays> {
  const newestMs = now().getTime() - MIN_AGE_MS;
  const keys = objects.filter(({ createdAt }) => createdAt.getTime() < newestMs).map(({ key }) => key);
  const found = keys.length === 0 ? [] : await database.repositories.objectDeletions.findOwnerless(keys);
  return { found, of: keys.length };
}

/** Those that wait for their time have been judged. */
const newOf = ({ found }: Strays) => found.filter(({ isKnown }) => !isKnown).length;
const isMany = (strays: Strays) => newOf(strays) > FEW;
const isTooMany = (strays: Strays) => isMany(strays) && newOf(strays) > strays.of * MAX_STRAY_SHARE;
