import { inParts, type Turn } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

/** How long one can look at what was sent. */
const KEPT_MS = 7 * 24 * 60 * 60_000;
const LIMIT = 10_000;

/** Removes deliveries that have been over for a while. Returns how many. */
export async function removeOldDeliveries(
  context: Pick<SweepContext, 'database' | 'isDryRun' | 'now'> & Turn,
): Promise<number> {
  const { webhookDeliveries } = context.database.repositories;
  const before = new Date(context.now().getTime() - KEPT_MS);
  if (context.isDryRun) return webhookDeliveries.countOlder(before);
  return inParts(context, LIMIT, () => webhookDeliveries.removeOlder(before, LIMIT));
}
