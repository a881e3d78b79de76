import type { SyncEnvironment } from './environment.ts';
import type { Gate } from './gate.ts';
import type { Lookout } from './lookout.ts';

export interface WakefulOptions {
  readonly env: Pick<SyncEnvironment, 'clock'>;
  readonly gate: Pick<Gate, 'hurry'>;
  readonly mode: 'once' | 'watch';
}

/** Often enough that a person who opens the lid does not wait for long; each look costs next to nothing. */
const LOOK_EVERY_MS = 10_000;
/** A machine under load is late by seconds. */
const LATE_MS = 20_000;

/**
 * A lookout that looks at everything, and has the server asked again, when the machine slept or its clock was set:
 * hints and answers do not come through sleep.
 */
export function wakeful(lookout: Lookout, { env: { clock }, gate, mode }: WakefulOptions): Lookout {
  let cancel = () => {};
  let before = clock.now();

  function plan(): void {
    before = clock.now();
    cancel = clock.after(LOOK_EVERY_MS, look);
  }

  function look(): void {
    const now = clock.now();
    // Systems differ in whether the monotonic clock goes on in sleep; the wall clock is right afterwards on all.
    const wallMs = now.wallMs - before.wallMs;
    const monotonicMs = now.monotonicMs - before.monotonicMs;
    plan();
    if (Math.max(Math.abs(wallMs - LOOK_EVERY_MS), monotonicMs - LOOK_EVERY_MS) <= LATE_MS) return;
    gate.hurry();
    void lookout.rescan();
  }

  return {
    ...lookout,
    start() {
      if (mode === 'watch') plan();
      return lookout.start();
    },
    async [Symbol.asyncDispose]() {
      cancel();
      await lookout[Symbol.asyncDispose]();
    },
  };
}
