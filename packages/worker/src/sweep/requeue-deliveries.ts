import type { SweepContext } from './sweep-context.ts';

/** A delivery that nobody has tried for this long has lost its job, or its worker is away. */
const FIRST_TRY_MS = 60_000;
/** Longer than the longest wait between two tries. */
const NEXT_TRY_MS = 2 * 60 * 60_000;
const LIMIT = 2_000;

/** Asks again for deliveries whose job may be lost; where it is not, that changes nothing. Returns how many. */
export async function requeueDeliveries({
  database,
  isDryRun,
  now,
  queue,
}: Pick<SweepContext, 'database' | 'isDryRun' | 'now' | 'queue'>): Promise<number> {
  const ago = (ms: number) => new Date(now().getTime() - ms);
  const overdue = { firstTryBefore: ago(FIRST_TRY_MS), nextTryBefore: ago(NEXT_TRY_MS) };
  const ids = await database.repositories.webhookDeliveries.findOverdue(overdue, LIMIT);
  if (isDryRun) return ids.length;
  for (const id of ids) await queue.enqueue('deliver-webhook', { deliveryId: id }, { jobId: id });
  return ids.length;
}
