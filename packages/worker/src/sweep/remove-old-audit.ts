import { inParts, type Turn } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

const LIMIT = 10_000;
const DAY_MS = 24 * 60 * 60_000;

/** Removes what the audit trail holds from before its time. Returns how many events. */
export async function removeOldAudit(
  context: Pick<SweepContext, 'database' | 'isDryRun' | 'now' | 'retention'> & Turn,
): Promise<number> {
  const { audit } = context.database.repositories;
  const before = new Date(context.now().getTime() - context.retention.auditDays * DAY_MS);
  if (context.isDryRun) return audit.countOlder(before);
  return inParts(context, LIMIT, () => audit.removeOlder(before, LIMIT));
}
