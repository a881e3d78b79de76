import { isSameStat, type LocalStat } from './local-stat.ts';

/** The two clocks: file times can only be compared with the wall clock, waits only with the monotonic one. */
export interface Now {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/**
 * When a file is taken to be finished: when it has not been touched for a short while. The while grows each
 * time the guess turns out wrong (a writer that pauses), and has a limit, after which the file is read anyway
 * (a log that is never at rest): reading compares before and after, so a wrong guess costs time, never a torn
 * file.
 */
export interface Rest {
  readonly stat: LocalStat;
  /** Monotonic time at which the file may be read. */
  readonly dueAtMs: number;
  readonly windowMs: number;
  /** Monotonic time at which waiting began. */
  readonly unrestSinceMs: number;
  readonly patienceMs: number;
}

const FIRST_WINDOW_MS = 200;
const LONGEST_WINDOW_MS = 10_000;
const FIRST_PATIENCE_MS = 30_000;
const LONGEST_PATIENCE_MS = 600_000;
const NS_PER_MS = 1_000_000n;

/** A file that was not waited for before. */
export function beginRest(stat: LocalStat, now: Now): Rest {
  return settle({
    stat,
    now,
    windowMs: FIRST_WINDOW_MS,
    unrestSinceMs: now.monotonicMs,
    patienceMs: FIRST_PATIENCE_MS,
  });
}

/** Looked at again: when it was touched meanwhile, the window begins anew. */
export function continueRest(rest: Rest, stat: LocalStat, now: Now): Rest {
  return isSameStat(rest.stat, stat) ? rest : settle({ ...rest, stat, now });
}

/** It was taken to be finished and was not: a longer window, and more patience. */
export function wrongGuess(rest: Rest, stat: LocalStat, now: Now): Rest {
  const windowMs = Math.min(LONGEST_WINDOW_MS, rest.windowMs * 2);
  const ranOut = now.monotonicMs - rest.unrestSinceMs >= rest.patienceMs;
  if (!ranOut) return settle({ ...rest, stat, now, windowMs });
  const patienceMs = Math.min(LONGEST_PATIENCE_MS, rest.patienceMs * 2);
  return settle({ stat, now, windowMs, patienceMs, unrestSinceMs: now.monotonicMs });
}

/** For so long nobody has touched it, by its change time and the wall clock. */
export const restedMs = ({ ctimeNs }: LocalStat, { wallMs }: Now): number =>
  wallMs - Number(ctimeNs / NS_PER_MS);

/** It was touched after it had been seen first. */
export function wasTouchedMeanwhile({ stat, unrestSinceMs }: Rest, now: Now): boolean {
  return now.monotonicMs - restedMs(stat, now) > unrestSinceMs;
}

function settle(input: Omit<Rest, 'dueAtMs'> & { readonly now: Now }): Rest {
  const { stat, now, windowMs, unrestSinceMs, patienceMs } = input;
  // A change time in the future says nothing: count from this look.
  const restSinceMs = now.monotonicMs - Math.max(0, restedMs(stat, now));
  const dueAtMs = Math.min(restSinceMs + windowMs, unrestSinceMs + patienceMs);
  return { stat, windowMs, unrestSinceMs, patienceMs, dueAtMs: Math.max(dueAtMs, now.monotonicMs) };
}
