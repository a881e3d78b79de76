import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 50;
const TIMEOUT_MS = 30_000;

/**
 * Asks again and again until `probe` gives something other than null, and returns that. Fails with what
 * `probe` threw last, or with `what`, when that takes longer than the timeout.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | null> | T | null,
  { timeoutMs = TIMEOUT_MS, intervalMs = INTERVAL_MS } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  do {
    try {
      const result = await probe();
      if (result !== null) return result;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await delay(intervalMs);
  } while (performance.now() < deadline);
  throw new Error(`waited ${timeoutMs} ms in vain: ${what}`, { cause: last });
}
