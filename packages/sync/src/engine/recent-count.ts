import type { Clock } from './environment.ts';

/** How many there were within the last while. */
export interface RecentCount {
  add(count: number): void;
  count(): number;
}

export function createRecentCount(clock: Pick<Clock, 'now'>, withinMs: number): RecentCount {
  let counts: { readonly atMs: number; readonly count: number }[] = [];
  return {
    add(count) {
      if (count > 0) counts.push({ atMs: clock.now().monotonicMs, count });
    },
    count() {
      const sinceMs = clock.now().monotonicMs - withinMs;
      counts = counts.filter(({ atMs }) => atMs > sinceMs);
      return counts.reduce((sum, { count }) => sum + count, 0);
    },
  };
}
