/**
 * Whether the system is asked on the spot or by the thread pool. For what is in its memory, as nearly all of a folder
 * of small files is, the way to the pool and back takes several times as long as the call itself; a disk that has to
 * be waited for must not hold up the program.
 */
export interface DiskPace {
  /** Runs `atOnce`; or, as long as the disk lets wait, `inPool`. */
  run<T>(atOnce: () => T, inPool: () => Promise<T>): Promise<T>;
}

export interface DiskPaceOptions {
  readonly nowMs: () => number;
  /** Resolves when the rest of the program had its turn. */
  readonly nextTurn: () => Promise<void>;
}

/** The rest of the program never waits for longer than this, and one call. */
const SLICE_MS = 8;
/** So many calls together say whether there was a disk to wait for: one alone may have lost the processor. */
const SAMPLE_CALLS = 16;
const SLOW_CALL_MS = 1;
/** How long the pool is used then, before it is tried again on the spot. */
const POOL_MS = 250;

export function createDiskPace({ nowMs, nextTurn }: DiskPaceOptions): DiskPace {
  let sliceEndsAtMs: number | null = null;
  let turn: Promise<void> | null = null;
  let calls = 0;
  let tookMs = 0;
  let poolUntilMs = 0;

  function waitForTurn(): Promise<void> {
    turn ??= nextTurn().then(() => {
      turn = null;
      sliceEndsAtMs = null;
    });
    return turn;
  }

  function note(callMs: number, atMs: number): void {
    calls += 1;
    tookMs += callMs;
    if (calls < SAMPLE_CALLS) return;
    if (tookMs > SAMPLE_CALLS * SLOW_CALL_MS) poolUntilMs = atMs + POOL_MS;
    calls = 0;
    tookMs = 0;
  }

  return {
    async run(atOnce, inPool) {
      let startedAtMs = nowMs();
      while (sliceEndsAtMs !== null && startedAtMs >= sliceEndsAtMs) {
        await waitForTurn();
        startedAtMs = nowMs();
      }
      if (startedAtMs < poolUntilMs) return inPool();
      sliceEndsAtMs ??= startedAtMs + SLICE_MS;
      try {
        return atOnce();
      } finally {
        const endedAtMs = nowMs();
        note(endedAtMs - startedAtMs, endedAtMs);
      }
    },
  };
}
