import { inParts } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

/** So long a late client is still told that its session has ended, and not that there never was one. */
const KEPT_MS = 30 * 24 * 60 * 60_000;
const LIMIT = 10_000;

/** Removes log-ins that expired long ago. Returns how many. */
export async function removeExpiredSessions(context: SweepContext): Promise<number> {
  const { sessions } = context.database.repositories;
  const before = new Date(context.now().getTime() - KEPT_MS);
  if (context.isDryRun) return sessions.countExpired(before);
  return inParts(context, LIMIT, () => sessions.removeExpired(before, LIMIT));
}
