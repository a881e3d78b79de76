import { isOver } from './is-over.ts';
import type { SweepContext } from './sweep-context.ts';

const LIMIT = 10_000;

/** Forgets requests that named themselves by a key a day ago, and their answers. Returns how many. */
export async function forgetIdempotencyKeys({
  database,
  now,
  isDryRun,
  signal,
}: Pick<SweepContext, 'database' | 'now' | 'isDryRun' | 'signal'>): Promise<number> {
  const { idempotencyKeys } = database.repositories;
  if (isDryRun) return idempotencyKeys.countExpired(now());
  const startedMs = performance.now();
  let forgotten = 0;
  for (;;) {
    const removed = await idempotencyKeys.removeExpired(now(), LIMIT);
    forgotten += removed;
    if (removed < LIMIT || isOver({ startedMs, signal })) return forgotten;
  }
}
