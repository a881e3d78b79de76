import { batchBlobs, PRIORITIES } from '@instashare/backend/queue';
import { inParts } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

/** With nothing waiting in the queue, a blob that nobody has worked on for this long has lost its job. */
const OVERDUE_MS = 15_000;
/** With a backlog it may just wait its turn; a queue that is never empty must not hide a lost one for ever. */
const OVERDUE_BEHIND_BACKLOG_MS = 60 * 60_000;
const LIMIT = 2000;

/**
 * Asks again for the compression of stored content whose job was lost: a crash between the commit and the
 * queue, or a queue that came back empty. What a worker has in hand is left to it. Returns how many blobs.
 */
export async function requeueLostBlobs(context: SweepContext): Promise<number> {
  const { database, isDryRun, now: clock, queue } = context;
  const now = clock();
  // In this order: a job that is taken up between the two is still counted, as waiting.
  const waiting = await queue.countWaiting('compress-blobs');
  const active = await queue.activeCompressions();
  const except = active.map(({ blobId }) => blobId);
  const overdueMs = waiting === 0 ? OVERDUE_MS : OVERDUE_BEHIND_BACKLOG_MS;
  const before = new Date(now.getTime() - overdueMs);
  if (isDryRun) return database.repositories.blobs.countOverdue(before, except);
  return inParts(context, LIMIT, async () => {
    const lost = await database.repositories.blobs.takeOverdue(before, { now, limit: LIMIT, except });
    for (const batch of batchBlobs(lost)) {
      // However large: what has waited for so long must not wait behind smaller ones for ever.
      const priority = batch.priority < PRIORITIES.bulk ? batch.priority : PRIORITIES.bulk;
      await queue.enqueue('compress-blobs', { blobIds: batch.blobIds }, { priority });
    }
    return lost.length;
  });
}
