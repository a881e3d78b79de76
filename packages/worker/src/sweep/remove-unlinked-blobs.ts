import { encodedKey } from '../compress/compress-blob.ts';
import type { SweepContext } from './sweep-context.ts';

/** Blobs that one sweep looks at; the next sweep goes on behind them, and at last begins anew. */
const LIMIT = 5000;

/** Removes content that no version points at any more, and has its objects go. Returns how many it removed. */
export function createRemoveUnlinkedBlobs() {
  let afterId: string | null = null;

  return async (deps: Pick<SweepContext, 'database' | 'isDryRun' | 'now'>): Promise<number> => {
    const page = await deps.database.repositories.blobs.findUnlinked(afterId, LIMIT);
    afterId = page.lastId;
    if (deps.isDryRun) return page.unlinkedIds.length;
    if (page.unlinkedIds.length === 0) return 0;
    return deps.database.transaction(async ({ blobs, objectDeletions, users }) => {
      const locked = await blobs.lockMany(page.unlinkedIds);
      const unlinked = new Set(await blobs.stillUnlinked(locked.map(({ id }) => id)));
      const removed = locked.filter(({ id }) => unlinked.has(id));
      const keys = removed.flatMap((blob) => [blob.objectKey, encodedKey(blob)]);
      await objectDeletions.schedule(keys, deps.now());
      for (const { id } of removed) await blobs.remove(id);
      for (const { userId, sizeBytes } of removed.toSorted((a, b) => (a.userId < b.userId ? -1 : 1))) {
        await users.release(userId, sizeBytes);
      }
      return removed.length;
    });
  };
}
