import { inParts } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

const LIMIT = 10_000;

/** Forgets counts of log-in attempts whose minute is over. Returns how many. */
export async function forgetAttempts(context: SweepContext): Promise<number> {
  const { attempts } = context.database.repositories;
  if (context.isDryRun) return attempts.countOver();
  return inParts(context, LIMIT, () => attempts.removeOver(LIMIT));
}
