/** How a failed call is tried again. */
export interface RetryPolicy {
  /** The first wait; each further one is up to twice as long. */
  readonly baseMs: number;
  /** The longest wait. */
  readonly capMs: number;
  /** Gives up after this long without any progress. */
  readonly stalledAfterMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = { baseMs: 250, capMs: 20_000, stalledAfterMs: 300_000 };

/**
 * The wait before try `attempt` (from 1): exponential with full jitter, so that a thousand clients that lost
 * the same server do not come back in the same instant.
 */
export function backoffMs(
  attempt: number,
  policy: Pick<RetryPolicy, 'baseMs' | 'capMs'>,
  random: () => number = Math.random,
): number {
  const ceilingMs = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(attempt - 1, 30));
  return ceilingMs * (0.5 + random() / 2);
}
