import { forEachAtOnce } from '../for-each-at-once.ts';
import { failContent } from '../jobs/fail-content.ts';
import type { SweepContext } from './sweep-context.ts';

/** Younger ones are being worked on, and a fault of theirs shows there. */
const MIN_AGE_MS = 60 * 60_000;
const LIMIT = 1000;
const AT_ONCE = 16;
/** More than this of a page: the store is not there (a disk that is not mounted), rather than its objects. */
const MAX_MISSING_SHARE = 0.1;
const FEW = 10;
const STEP = 'missing objects';
const REASON = 'Its object is missing in the store';

interface Placed {
  readonly id: string;
  readonly objectKey: string;
}

/**
 * Looks whether the objects of the next page of blobs are there. Content without its object is marked as
 * failed, so that its owner is told; nothing is ever removed. Returns how many.
 */
export async function failMissingObjects(context: SweepContext): Promise<number> {
  const { cursors, database, isDryRun, log, now } = context;
  const before = new Date(now().getTime() - MIN_AGE_MS);
  const afterId = await cursors.find(STEP);
  const page = await database.repositories.blobs.findPlaced(afterId, { before, limit: LIMIT });
  const missing = await withoutObject(context, page);
  if (missing.length > FEW && missing.length > page.length * MAX_MISSING_SHARE) {
    // The cursor stays: these are looked at again.
    throw new Error(`${missing.length} of ${page.length} objects are missing: is the store the right one?`);
  }
  const failed = isDryRun ? missing.length : await failContent(database, missing, REASON);
  if (failed > 0) log.error({ blobIds: missing.map(({ id }) => id), isDryRun }, 'objects are missing');
  await cursors.save(STEP, page.length === LIMIT ? (page.at(-1)?.id ?? null) : null);
  return failed;
}

/** Many blobs may share one object: it is asked for once. */
async function withoutObject({ objects, signal }: SweepContext, page: readonly Placed[]): Promise<Placed[]> {
  const missingKeys = new Set<string>();
  await forEachAtOnce([...new Set(page.map(({ objectKey }) => objectKey))], AT_ONCE, async (key) => {
    signal.throwIfAborted();
    if ((await objects.stat(key)) === null) missingKeys.add(key);
  });
  return page.filter(({ objectKey }) => missingKeys.has(objectKey));
}
