import type { Database } from '@instashare/backend/database';

export interface Candidates {
  readonly ids: readonly string[];
  /** Those of them that were noted when they lost a version. */
  readonly noted: readonly string[];
  readonly now: Date;
}

/**
 * Of these blobs removes those that no version points at, has their objects go, and gives their bytes back to the
 * quota. Returns how many.
 */
export async function removeUnlinked(database: Database, candidates: Candidates): Promise<number> {
  return database.transaction(async ({ blobs, objectDeletions, unlinkedBlobs, users }) => {
    // Before looking: whoever notes one of them again waits for us, and it is looked at again.
    await unlinkedBlobs.forget(candidates.noted);
    const locked = await blobs.lockMany(candidates.ids);
    const unlinked = new Set(await blobs.stillUnlinked(locked.map(({ id }) => id)));
    const removed = locked.filter(({ id }) => unlinked.has(id));
    const keys = removed.map(({ objectKey }) => objectKey);
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
