import { InstashareError } from '@instashare/client/node';
import type { Clock } from './environment.ts';
import type { Waiting } from './gate.ts';

/** The end of a run in mode `once`; in mode `watch` there is none. */
export interface Finish extends Disposable {
  readonly promise: Promise<void>;
  done(): void;
  /** Everything waits (or, with null, goes on). */
  onWaiting(waiting: Waiting | null): void;
}

export interface FinishOptions {
  readonly clock: Clock;
  readonly mode: 'once' | 'watch';
  readonly giveUpAfterMs: number;
}

export function createFinish({ clock, mode, giveUpAfterMs }: FinishOptions): Finish {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // One who never asks for it must not be struck down by its failure.
  promise.catch(() => undefined);
  let last: Waiting | null = null;
  let cancelTimer: (() => void) | null = null;

  function giveUp(): void {
    if (last === null) return;
    reject(new InstashareError(last.code, last.message));
  }

  return {
    promise,
    done() {
      if (mode === 'once') resolve();
    },
    onWaiting(waiting) {
      last = waiting;
      if (mode !== 'once') return;
      if (waiting === null) {
        cancelTimer?.();
        cancelTimer = null;
      } else if (waiting.reason === 'logged_out') {
        giveUp();
      } else {
        cancelTimer ??= clock.after(giveUpAfterMs, giveUp);
      }
    },
    [Symbol.dispose]() {
      cancelTimer?.();
    },
  };
}
