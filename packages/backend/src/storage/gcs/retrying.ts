import { setTimeout as delay } from 'node:timers/promises';
import { codesOf, statusOf } from './failure.ts';

export interface RetryPolicy {
  /** How often something is tried in all. */
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/** Gives the store about half a minute to come back. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = { attempts: 7, firstDelayMs: 500, maxDelayMs: 16_000 };

/** Broken or unreachable connections, as Node, undici and the libraries call them. */
const BROKEN_CONNECTION = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ETIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** Whether the same request may well succeed a little later: 408, 429, 5xx and broken connections. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Error && error.name === 'TimeoutError') return true;
  const status = statusOf(error);
  if (status !== null) return status === 408 || status === 429 || status >= 500;
  return codesOf(error).some((code) => BROKEN_CONNECTION.has(code));
}

/** How long to wait after the `attempt`th failure: exponential, of which `random` (0 to 1) takes up to a half. */
export function delayAfterMs(attempt: number, policy: RetryPolicy, random: number): number {
  const wholeMs = Math.min(policy.firstDelayMs * 2 ** (attempt - 1), policy.maxDelayMs);
  return wholeMs * (1 - random / 2);
}

/** Waits before the next attempt. Rejects with the signal's reason when it aborts. */
export async function backOff(attempt: number, policy: RetryPolicy, signal?: AbortSignal): Promise<void> {
  const ms = delayAfterMs(attempt, policy, Math.random());
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Does `work`, and again while it fails with something that passes. It must be safe to do twice: here everything
 * is, since keys are never used twice and all that writes is create-only.
 */
export async function retrying<T>(
  work: (attempt: number) => Promise<T>,
  { policy, signal }: { readonly policy: RetryPolicy; readonly signal?: AbortSignal | undefined },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt >= policy.attempts || !isPassing(error)) throw error;
      await backOff(attempt, policy, signal);
    }
  }
}
