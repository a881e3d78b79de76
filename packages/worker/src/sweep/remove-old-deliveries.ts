import type { SweepContext } from './sweep-context.ts';

/** How long one can look at what was sent. */
const KEPT_MS = 7 * 24 * 60 * 60_000;
const LIMIT = 10_000;

/** Removes deliveries that have been over for a while. Returns how many. */
export async function removeOldDeliveries({
  database,
  isDryRun,
  now,
}: Pick<SweepContext, 'database' | 'isDryRun' | 'now'>): Promise<number> {
  const { webhookDeliveries } = database.repositories;
  const before = new Date(now().getTime() - KEPT_MS);
  return isDryRun ? webhookDeliveries.countOlder(before) : webhookDeliveries.removeOlder(before, LIMIT);
}
