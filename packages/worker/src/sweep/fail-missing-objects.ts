import { failContent, OBJECT_IS_MISSING } from '@instashare/backend/versions';
import { forEachAtOnce } from '../for-each-at-once.ts';
import type { SweepContext } from './sweep-context.ts';

/** Younger ones are being worked on, and a fault of theirs shows there. */
const MIN_AGE_MS = 60 * 60_000;
const LIMIT = 1000;
const AT_ONCE = 16;
/** More objects than this missing of those of a page: the store is not the right one, rather than some are lost. */
const MAX_MISSING_SHARE = 0.1;
const FEW = 10;
const STEP = 'missing objects';

interface Placed {
  readonly id: string;
  readonly objectKey: string;
}

/**
 * Looks whether the objects of the next page of blobs are there. Content without its object is marked as
 * failed, so that its owner is told; nothing is ever removed. Returns how many. Rejects, and the next run goes on
 * behind, when objects can't be looked at or too many are missing: neither may keep the rest from being looked at.
 */
export async function failMissingObjects(context: SweepContext): Promise<number> {
  const { cursors, database, isDryRun, log, now, objects } = context;
  await objects.check();
  const before = new Date(now().getTime() - MIN_AGE_MS);
  const afterId = await cursors.find(STEP);
  const page = await database.repositories.blobs.findPlaced(afterId, { before, limit: LIMIT });
  const { missing, asked, failures, left } = await look(context, page);
  const isTooMany = missing.size > FEW && missing.size > asked * MAX_MISSING_SHARE;
  const lost = isTooMany ? [] : page.filter(({ objectKey }) => missing.has(objectKey));
  const failed = isDryRun ? lost.length : await failContent(database, lost, OBJECT_IS_MISSING);
  if (failed > 0) log.error({ blobIds: lost.map(({ id }) => id), isDryRun }, 'objects are missing');
  const reached = left === null ? page.at(-1) : page[left - 1];
  const isAll = left === null && page.length < LIMIT;
  await cursors.save(STEP, isAll ? null : (reached?.id ?? null));
  if (isTooMany)
    throw new Error(`${missing.size} of ${asked} objects are missing: is the store the right one?`);
  if (failures.length > 0) throw new AggregateError(failures, 'Some objects could not be looked at');
  return failed;
}

interface Look {
  readonly missing: ReadonlySet<string>;
  readonly asked: number;
  readonly failures: readonly unknown[];
  /** Where in the page those begin that were not asked for; null when all were. */
  readonly left: number | null;
}

/**
 * Many blobs may share one object: it is asked for once. After a few that can't be looked at the rest is left to the
 * next run: each may have waited for a store that is away.
 */
async function look({ log, objects, signal }: SweepContext, page: readonly Placed[]): Promise<Look> {
  const missing = new Set<string>();
  const asked = new Set<string>();
  const failures: unknown[] = [];
  await forEachAtOnce([...new Set(page.map(({ objectKey }) => objectKey))], AT_ONCE, async (key) => {
    signal.throwIfAborted();
    if (failures.length > FEW) return;
    asked.add(key);
    try {
      if ((await objects.stat(key)) === null) missing.add(key);
    } catch (error) {
      log.warn({ err: error, objectKey: key }, 'an object could not be looked at');
      failures.push(error);
    }
  });
  const left = page.findIndex(({ objectKey }) => !asked.has(objectKey));
  return { missing, asked: asked.size, failures, left: left === -1 ? null : left };
}
