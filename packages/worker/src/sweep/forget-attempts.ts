import { isOver } from './is-over.ts';
import type { SweepContext } from './sweep-context.ts';

const LIMIT = 10_000;

/** Forgets counts of log-in attempts whose minute is over. Returns how many. */
export async function forgetAttempts({
  database,
  isDryRun,
  signal,
}: Pick<SweepContext, 'database' | 'isDryRun' | 'signal'>): Promise<number> {
  const { attempts } = database.repositories;
  if (isDryRun) return attempts.countOver();
  const startedMs = performance.now();
  let forgotten = 0;
  for (;;) {
    const removed = await attempts.removeOver(LIMIT);
    forgotten += removed;
    if (removed < LIMIT || isOver({ startedMs, signal })) return forgotten;
  }
}
