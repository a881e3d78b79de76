import type { Clock } from './environment.ts';

/** Items that wait, each for its moment; one timer for all of them. */
export interface WaitingRoom<T> extends Disposable {
  /** A moment that has come already calls back at once. */
  add(item: T, untilMs: number): void;
  delete(item: T): void;
}

/** Waits end on this raster, so that thousands of them cost few wake-ups. */
const RASTER_MS = 20;

export interface WaitingRoomOptions<T> {
  /** The moment of an item, by the monotonic clock, has come. */
  readonly onDue: (item: T) => void;
  /** Those due have been called. */
  readonly onWake: () => void;
}

export function createWaitingRoom<T>(clock: Clock, options: WaitingRoomOptions<T>): WaitingRoom<T> {
  const waiting = new Map<T, number>();
  let wakeAtMs = Number.POSITIVE_INFINITY;
  let cancelWake = () => {};

  function wakeBy(atMs: number): void {
    if (atMs >= wakeAtMs) return;
    cancelWake();
    wakeAtMs = atMs;
    cancelWake = clock.after(Math.max(RASTER_MS, atMs - clock.now().monotonicMs), wake);
  }

  function wake(): void {
    wakeAtMs = Number.POSITIVE_INFINITY;
    const { monotonicMs } = clock.now();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [item, dueAtMs] of waiting) {
      if (dueAtMs > monotonicMs) {
        nextMs = Math.min(nextMs, dueAtMs);
        continue;
      }
      waiting.delete(item);
      options.onDue(item);
    }
    wakeBy(nextMs);
    options.onWake();
  }

  return {
    add(item, untilMs) {
      if (untilMs <= clock.now().monotonicMs) {
        waiting.delete(item);
        options.onDue(item);
        return;
      }
      waiting.set(item, untilMs);
      wakeBy(untilMs);
    },
    delete(item) {
      waiting.delete(item);
    },
    [Symbol.dispose]: () => cancelWake(),
  };
}
