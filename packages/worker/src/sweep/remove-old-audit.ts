import type { SweepContext } from './sweep-context.ts';

const LIMIT = 10_000;
const DAY_MS = 24 * 60 * 60_000;

/** Removes what the audit trail holds from before its time. Returns how many events. */
export async function removeOldAudit({
  database,
  isDryRun,
  now,
  retention,
}: Pick<SweepContext, 'database' | 'isDryRun' | 'now' | 'retention'>): Promise<number> {
  const { audit } = database.repositories;
  const before = new Date(now().getTime() - retention.auditDays * DAY_MS);
  return isDryRun ? audit.countOlder(before) : audit.removeOlder(before, LIMIT);
}
