import { inParts, type Turn } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

const LIMIT = 10_000;

/** Forgets requests that named themselves by a key a day ago, and their answers. Returns how many. */
export async function forgetIdempotencyKeys(
  context: Pick<SweepContext, 'database' | 'isDryRun' | 'now'> & Turn,
): Promise<number> {
  const { database, isDryRun, now } = context;
  const { idempotencyKeys } = database.repositories;
  if (isDryRun) return idempotencyKeys.countExpired(now());
  return inParts(context, LIMIT, () => idempotencyKeys.removeExpired(now(), LIMIT));
}
