import { isInstashareError } from '../errors/instashare-error.ts';
import { backoffMs, type RetryPolicy } from './retry-policy.ts';
import { sleep } from './sleep.ts';

/** Paces the tries of one operation and bounds the time it may spend without progress. */
export interface StallGuard {
  /** Something got through: the waits start from the shortest again. */
  progressed(): void;
  /**
   * Waits before the next try; rejects with `error` itself once there was no progress for too long, or once the server
   * said often enough that the store has not the content.
   */
  waitAfter(error: Error): Promise<void>;
}

export interface StallGuardOptions {
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The server says so when the store answers, and has not the content: it was just moved, and the next try finds it, or it
 * is lost, and none does. Of a folder with many such files each would otherwise be waited for until it has stalled.
 */
const MOST_UNAVAILABLE = 3;

export function createStallGuard({ policy, signal }: StallGuardOptions): StallGuard {
  let failures = 0;
  let unavailable = 0;
  let progressAtMs = performance.now();
  return {
    progressed() {
      failures = 0;
      unavailable = 0;
      progressAtMs = performance.now();
    },
    async waitAfter(error) {
      failures += 1;
      if (isInstashareError(error, 'content_unavailable')) unavailable += 1;
      if (unavailable >= MOST_UNAVAILABLE) throw error;
      const askedMs = isInstashareError(error) ? (error.retryAfterMs ?? 0) : 0;
      const waitMs = Math.max(askedMs, backoffMs(failures, policy));
      if (performance.now() - progressAtMs + waitMs > policy.stalledAfterMs) throw error;
      await sleep(waitMs, signal);
    },
  };
}
