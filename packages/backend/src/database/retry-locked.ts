import { setTimeout as delay } from 'node:timers/promises';
import { sqlState } from './driver-error.ts';

/** How a migration waits for tables that others use. */
export interface LockPatience {
  /**
   * For how long one statement waits for a lock. Meanwhile all who come later, readers too, wait behind it. Milliseconds.
   */
  readonly lockTimeoutMs: number;
  /** For how long it is tried again and again. Milliseconds. */
  readonly patienceMs: number;
  /** Told of every try that ended so; must not fail. */
  readonly onBlocked: (error: unknown) => void;
}

/** lock_not_available, deadlock_detected */
const BLOCKED_SQL_STATES = new Set(['55P03', '40P01']);
/** Between two tries whoever waited is served; not for ever longer, since locks are let go of at any moment. */
const PAUSES_MS = { first: 250, longest: 5_000 };

/**
 * Does `work` again when it ran into locks of others: what of it was not done, since each of its transactions is done or
 * undone. Rejects when they hold them for longer than `patienceMs`, with what PostgreSQL said as the cause.
 */
export async function retryLocked<T>(
  work: () => Promise<T>,
  { patienceMs, onBlocked }: Omit<LockPatience, 'lockTimeoutMs'>,
): Promise<T> {
  const untilMs = performance.now() + patienceMs;
  for (let pauseMs = PAUSES_MS.first; ; pauseMs = Math.min(2 * pauseMs, PAUSES_MS.longest)) {
    try {
      return await work();
    } catch (error) {
      if (!BLOCKED_SQL_STATES.has(sqlState(error) ?? '')) throw error;
      onBlocked(error);
      if (performance.now() + pauseMs > untilMs) throw blockedTooLong(patienceMs, error);
      await delay(pauseMs);
    }
  }
}

const blockedTooLong = (patienceMs: number, cause: unknown): Error =>
  Object.assign(
    new Error(
      `transactions of others have kept tables locked for ${patienceMs / 1000} seconds. Look for old ones in ` +
        'pg_stat_activity, such as that of a backup, and start the migration again: it goes on where it stands',
      { cause },
    ),
    { code: 'ETIMEDOUT' },
  );
