import type { SweepContext } from './sweep-context.ts';

const INTERVAL_MS = 24 * 60 * 60_000;

/** Has what every account uses be counted again, once a day however many workers there are. Returns 1 or 0. */
export async function askForRecount(
  context: Pick<SweepContext, 'database' | 'isDryRun' | 'now' | 'queue'>,
): Promise<number> {
  if (context.isDryRun) return 0;
  const { sweepCursors } = context.database.repositories;
  if (!(await sweepCursors.claimTurn('recount quota', context.now(), INTERVAL_MS))) return 0;
  await context.queue.enqueue('recount-quota', {});
  return 1;
}
