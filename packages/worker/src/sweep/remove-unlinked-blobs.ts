import { isOver, type Turn } from './in-parts.ts';
import { removeUnlinked } from './remove-unlinked.ts';
import type { SweepContext } from './sweep-context.ts';

/** Blobs that one sweep looks at; the next sweep goes on behind them, and at last begins anew. */
const LIMIT = 5000;
/** Blobs of removed versions that are looked at together. */
const NOTED_LIMIT = 1000;
const STEP = 'unlinked blobs';

/**
 * Removes content that no version points at any more, has its objects go, and gives its bytes back to the
 * quota. Who removes versions notes their content; looking through all of it finds what was not. Returns how
 * many it removed.
 */
export async function removeUnlinkedBlobs(
  context: Pick<SweepContext, 'cursors' | 'database' | 'isDryRun' | 'now'> & Turn,
): Promise<number> {
  const { cursors, database, isDryRun, now } = context;
  const { blobs, unlinkedBlobs } = database.repositories;
  const startedMs = performance.now();
  const afterId = await cursors.find(STEP);
  const page = await blobs.findUnlinked(afterId, LIMIT);
  if (page.lastId !== afterId) await cursors.save(STEP, page.lastId);
  // What was noted is among all there are.
  if (isDryRun) return page.unlinkedIds.length;
  let removed = 0;
  for (let unlinkedIds = page.unlinkedIds; ; unlinkedIds = []) {
    const noted = await unlinkedBlobs.next(NOTED_LIMIT);
    const ids = [...new Set([...unlinkedIds, ...noted])];
    if (ids.length > 0) removed += await removeUnlinked(database, { ids, noted, now: now() });
    context.onProgress(removed);
    if (noted.length < NOTED_LIMIT || isOver(context, startedMs)) return removed;
  }
}
