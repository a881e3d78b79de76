import { isInstashareError } from '../errors/instashare-error.ts';
import { backoffMs, type RetryPolicy } from './retry-policy.ts';
import { sleep } from './sleep.ts';

/** Paces the tries of one operation and bounds the time it may spend without progress. */
export interface StallGuard {
  /** Something got through: the waits start from the shortest again. */
  progressed(): void;
  /** Waits before the next try; rejects with `error` itself once there was no progress for too long. */
  waitAfter(error: Error): Promise<void>;
}

export interface StallGuardOptions {
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
}

export function createStallGuard({ policy, signal }: StallGuardOptions): StallGuard {
  let failures = 0;
  let progressAtMs = performance.now();
  return {
    progressed() {
      failures = 0;
      progressAtMs = performance.now();
    },
    async waitAfter(error) {
      failures += 1;
      const askedMs = isInstashareError(error) ? (error.retryAfterMs ?? 0) : 0;
      const waitMs = Math.max(askedMs, backoffMs(failures, policy));
      if (performance.now() - progressAtMs + waitMs > policy.stalledAfterMs) throw error;
      await sleep(waitMs, signal);
    },
  };
}
