import { inParts, type Turn } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

/** A delivery that nobody has tried for this long has lost its job, or its worker is away. */
const FIRST_TRY_MS = 60_000;
/** Longer than the longest wait between two tries. */
const NEXT_TRY_MS = 2 * 60 * 60_000;
const LIMIT = 2_000;

type Used = Pick<SweepContext, 'database' | 'isDryRun' | 'now' | 'queue'> & Turn;

/** Asks again for deliveries whose job may be lost; where it is not, that changes nothing. Returns how many. */
export async function requeueDeliveries(context: Used): Promise<number> {
  const { database, isDryRun, now, queue } = context;
  const ago = (ms: number) => new Date(now().getTime() - ms);
  const overdue = { firstTryBefore: ago(FIRST_TRY_MS), nextTryBefore: ago(NEXT_TRY_MS) };
  let after: string | null = null;
  return inParts(context, LIMIT, async () => {
    const ids: string[] = await database.repositories.webhookDeliveries.findOverdue(overdue, {
      after,
      limit: LIMIT,
    });
    after = ids.at(-1) ?? after;
    const asked = isDryRun ? [] : ids;
    for (const id of asked) await queue.enqueue('deliver-webhook', { deliveryId: id }, { jobId: id });
    return ids.length;
  });
}
