export interface RestartDelay {
  /** It has ended after `ranForMs`: how long to wait, and whether a person should know that it keeps ending. */
  ended(ranForMs: number): { readonly waitMs: number; readonly isTrouble: boolean };
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** One that ran as long as this was well. */
const WELL_AFTER_MS = 60_000;
/** Once or twice is an accident that mends itself. */
const TROUBLE_FROM = 3;

/** Twice as long each time, so that something broken does not wear out the machine, and what mends itself is soon back. */
export function createRestartDelay(): RestartDelay {
  let ends = 0;
  return {
    ended(ranForMs) {
      ends = ranForMs >= WELL_AFTER_MS ? 1 : ends + 1;
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (ends - 1), LONGEST_WAIT_MS);
      return { waitMs, isTrouble: ends >= TROUBLE_FROM };
    },
  };
}
