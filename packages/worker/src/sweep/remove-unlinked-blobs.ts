import { removeUnlinked } from './remove-unlinked.ts';
import type { SweepContext } from './sweep-context.ts';

type Used = Pick<SweepContext, 'database' | 'isDryRun' | 'now'>;

/** Blobs that one sweep looks at; the next sweep goes on behind them, and at last begins anew. */
const LIMIT = 5000;
/** Blobs of removed versions that one sweep looks at. */
const NOTED_LIMIT = 1000;

/**
 * Removes content that no version points at any more, has its objects go, and gives its bytes back to the
 * quota. Who removes versions notes their content; looking through all of it finds what was not. Returns how
 * many it removed.
 */
export function createRemoveUnlinkedBlobs() {
  let afterId: string | null = null;

  return async ({ database, isDryRun, now }: Used): Promise<number> => {
    const { blobs, unlinkedBlobs } = database.repositories;
    const page = await blobs.findUnlinked(afterId, LIMIT);
    afterId = page.lastId;
    const noted = await unlinkedBlobs.next(NOTED_LIMIT);
    const ids = [...new Set([...page.unlinkedIds, ...noted])];
    if (ids.length === 0) return 0;
    if (isDryRun) return (await blobs.stillUnlinked(ids)).length;
    return removeUnlinked(database, { ids, noted, now: now() });
  };
}
