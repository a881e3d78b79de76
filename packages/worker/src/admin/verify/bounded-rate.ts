import { setTimeout as delay } from 'node:timers/promises';

/** What may be had at once after a pause. */
const BURST_MS = 200;

/** Waits so long before each piece that no more than `bytesPerSecond` pass on average; null: no bound. */
export function createBoundedRate(
  bytesPerSecond: number | null,
  signal: AbortSignal,
  clock = () => performance.now(),
) {
  let paidUntilMs = Number.NEGATIVE_INFINITY;

  return async (bytes: number): Promise<void> => {
    if (bytesPerSecond === null) return;
    const nowMs = clock();
    paidUntilMs = Math.max(paidUntilMs, nowMs - BURST_MS) + (bytes / bytesPerSecond) * 1000;
    if (paidUntilMs > nowMs) await delay(paidUntilMs - nowMs, undefined, { signal });
  };
}

export type BoundedRate = ReturnType<typeof createBoundedRate>;
