import type { Database } from '@instashare/backend/database';
import { batchBlobs, type JobQueue } from '@instashare/backend/queue';

/** With nothing waiting in the queue, a blob that nobody has worked on for this long has lost its job. */
const OVERDUE_MS = 60_000;
/** With a backlog it may just wait its turn; a queue that is never empty must not hide a lost one for ever. */
const OVERDUE_BEHIND_BACKLOG_MS = 60 * 60_000;
const LIMIT = 2000;

/**
 * Asks again for the compression of stored content whose job was lost: a crash between the commit and the
 * queue, or a queue that came back empty. What a worker has in hand is left to it. Returns how many blobs.
 */
export async function requeueLostBlobs(deps: {
  readonly database: Database;
  readonly queue: Pick<JobQueue, 'activeCompressions' | 'countWaiting' | 'enqueue'>;
  readonly now: () => Date;
}): Promise<number> {
  const { database, queue } = deps;
  const now = deps.now();
  // In this order: a job that is taken up between the two is still counted, as waiting.
  const waiting = await queue.countWaiting('compress-blobs');
  const except = await queue.activeCompressions();
  const overdueMs = waiting === 0 ? OVERDUE_MS : OVERDUE_BEHIND_BACKLOG_MS;
  const before = new Date(now.getTime() - overdueMs);
  const lost = await database.repositories.blobs.takeOverdue(before, { now, limit: LIMIT, except });
  for (const blobIds of batchBlobs(lost)) await queue.enqueue('compress-blobs', { blobIds });
  return lost.length;
}
