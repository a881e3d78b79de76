import { errors } from '@instashare/backend/errors';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Slows down who guesses passwords or makes accounts by the thousand. */
export interface AttemptLimiter {
  /** Counts an attempt from `address`. Rejects with `rate_limited` when there were too many. */
  count(address: string): Promise<void>;
}

/** Counts in this process: each api process has a count of its own. */
export function createAttemptLimiter(attemptsPerMinute: number): AttemptLimiter {
  const limiter = new RateLimiterMemory({ points: attemptsPerMinute, duration: 60 });
  return {
    async count(address) {
      try {
        await limiter.consume(address);
      } catch (error) {
        if (error instanceof RateLimiterRes) throw errors.rateLimited(Math.ceil(error.msBeforeNext / 1000));
        throw error;
      }
    },
  };
}
