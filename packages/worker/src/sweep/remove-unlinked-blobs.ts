import type { Database } from '@instashare/backend/database';
import { encodedKey } from '../compress/compress-blob.ts';
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

async function removeUnlinked(
  database: Database,
  candidates: { readonly ids: readonly string[]; readonly noted: readonly string[]; readonly now: Date },
): Promise<number> {
  return database.transaction(async ({ blobs, objectDeletions, unlinkedBlobs, users }) => {
    // Before looking: whoever notes one of them again waits for us, and it is looked at again.
    await unlinkedBlobs.forget(candidates.noted);
    const locked = await blobs.lockMany(candidates.ids);
    const unlinked = new Set(await blobs.stillUnlinked(locked.map(({ id }) => id)));
    const removed = locked.filter(({ id }) => unlinked.has(id));
    const keys = removed.flatMap((blob) => [blob.objectKey, encodedKey(blob)]);
    await objectDeletions.schedule(keys, candidates.now);
    await blobs.removeMany(removed.map(({ id }) => id));
    const freed = Map.groupBy(removed, ({ userId }) => userId);
    for (const userId of [...freed.keys()].toSorted()) {
      const bytes = (freed.get(userId) ?? []).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      await users.release(userId, bytes);
    }
    return removed.length;
  });
}
