import type { Clock } from '../engine/environment.ts';

export function createSystemClock(): Clock {
  return {
    now: () => ({ wallMs: Date.now(), monotonicMs: performance.now() }),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
}
