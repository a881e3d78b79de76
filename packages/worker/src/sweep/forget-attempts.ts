import type { SweepContext } from './sweep-context.ts';

const LIMIT = 10_000;

/** Forgets counts of log-in attempts whose minute is over. Returns how many. */
export async function forgetAttempts({
  database,
  isDryRun,
}: Pick<SweepContext, 'database' | 'isDryRun'>): Promise<number> {
  const { attempts } = database.repositories;
  return isDryRun ? attempts.countOver() : attempts.removeOver(LIMIT);
}
