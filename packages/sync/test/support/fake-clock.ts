import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/engine/environment.ts';

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /** Lets everything that can happen now happen. */
  settle(): Promise<void>;
  /** Moves time on, calling what is due in its order. */
  advance(ms: number): Promise<void>;
  /** The wall clock jumps, as after sleep, or when it is set; timers have not moved on. */
  jump(ms: number): void;
  /** Moves time on from timer to timer until `isDone`; throws when nothing is left to wait for, or after `withinMs`. */
  until(isDone: () => boolean, withinMs?: number): Promise<void>;
}

const START_WALL_MS = Date.parse('2026-01-01T00:00:00.000Z');
/** Enough turns of the loop for any chain of promises in these tests. */
const TURNS = 12;
const HOUR_MS = 3_600_000;

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}

export function createFakeClock(): FakeClock {
  let nowMs = 0;
  let jumpedMs = 0;
  let timers: { readonly atMs: number; readonly callback: () => void }[] = [];

  function nextDue(untilMs: number) {
    const due = timers.filter(({ atMs }) => atMs <= untilMs);
    return due.length === 0 ? undefined : due.reduce((one, other) => (other.atMs < one.atMs ? other : one));
  }

  async function fireNext(untilMs: number): Promise<boolean> {
    const timer = nextDue(untilMs);
    if (timer === undefined) return false;
    timers = timers.filter((other) => other !== timer);
    nowMs = Math.max(nowMs, timer.atMs);
    timer.callback();
    await settle();
    return true;
  }

  return {
    now: () => ({ wallMs: START_WALL_MS + nowMs + jumpedMs, monotonicMs: nowMs }),
    after(ms, callback) {
      const timer = { atMs: nowMs + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    settle,
    jump: (ms) => (jumpedMs += ms),
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      while (await fireNext(untilMs));
      nowMs = untilMs;
      await settle();
    },
    async until(isDone, withinMs = HOUR_MS) {
      const untilMs = nowMs + withinMs;
      await settle();
      while (!isDone()) {
        if (!(await fireNext(untilMs))) throw new Error(`it did not happen within ${withinMs} ms`);
      }
    },
  };
}
