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
  readonly list: (options: ListOptions) => Promise<ListPage>;
}

/** Looks at the next page of a listing and lets go of what nothing in the database names. Returns how much. */
export async function removeStrays(context: SweepContext, { step, list }: StrayOptions): Promise<number> {
  const { cursors, database, isDryRun, log, now } = context;
  const { objectDeletions } = database.repositories;
  const { objects, nextCursor } = await list({ cursor: await cursors.find(step), limit: LIMIT });
  const newestMs = now().getTime() - MIN_AGE_MS;
  const keys = objects.filter(({ createdAt }) => createdAt.getTime() < newestMs).map(({ key }) => key);
  const strays = keys.length === 0 ? [] : await objectDeletions.findOwnerless(keys);
  let removed = strays;
  if (strays.length > FEW && strays.length > keys.length * MAX_STRAY_SHARE) {
    log.error({ step, strays: strays.length, of: keys.length }, 'too many strays: none is removed');
    removed = [];
  } else if (strays.length > 0 && !isDryRun) {
    removed = await objectDeletions.scheduleOwnerless(strays, now());
    log.warn({ step, objectKeys: removed }, 'strays are removed');
  } else if (strays.length > 0) {
    log.info({ step, objectKeys: strays }, 'strays');
  }
  await cursors.save(step, nextCursor);
  return removed.length;
}
