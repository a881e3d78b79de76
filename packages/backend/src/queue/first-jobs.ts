import type { OpenQueue } from './connection.ts';

type Job = Awaited<ReturnType<OpenQueue['getJobs']>>[number];
type ListedType = 'waiting' | 'prioritized' | 'active' | 'delayed' | 'failed';

/** On PostgreSQL, BullMQ cuts a range of these out of the newest first, and only then turns it round. */
const CUT_FROM_NEWEST: ReadonlySet<ListedType> = new Set(['waiting', 'active']);

/** The first `limit` jobs of a type in the order in which they come, or came, to a worker; the same on both backends. */
export async function firstJobs(queue: OpenQueue, type: ListedType, limit: number): Promise<Job[]> {
  if (!isInPostgres(queue) || !CUT_FROM_NEWEST.has(type)) return queue.getJobs([type], 0, limit - 1, true);
  // What goes or comes meanwhile shifts them by as much.
  const count = await queue.getJobCountByTypes(type);
  return count === 0 ? [] : queue.getJobs([type], Math.max(0, count - limit), count - 1, true);
}

const isInPostgres = ({ opts: { connection } }: OpenQueue): boolean =>
  typeof connection === 'object' && 'connectionString' in connection;
