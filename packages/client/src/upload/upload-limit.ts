import { sleep } from '../retry/sleep.ts';

/** Bounds how fast uploads go, all connections of a client together: a token bucket. May be changed at any time. */
export interface UploadLimit {
  /** null: as fast as it goes. */
  bytesPerSecond: number | null;
  /** So much is to be asked for at once, at most: a line on which nothing moves for long is taken for broken. */
  readonly sliceBytes: number;
  /** Resolves when so many bytes may go; who asks first goes first. */
  take(bytes: number, signal?: AbortSignal): Promise<void>;
}

export interface UploadLimitOptions {
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** What was not used for a moment may be caught up on, but not more: that would be a burst. */
const BURST_MS = 200;
/** A change of the limit takes no longer than this. */
const LONGEST_SLEEP_MS = 250;
const MOST_SLICE_BYTES = 64 * 1024;
const LEAST_SLICE_BYTES = 1024;
const SLICES_PER_SECOND = 10;

export function createUploadLimit(
  bytesPerSecond: number | null,
  options: UploadLimitOptions = {},
): UploadLimit {
  const { now = () => performance.now(), sleep: pause = sleep } = options;
  let rate = bytesPerSecond;
  let tokens = 0;
  let filledAtMs = now();
  let last: Promise<void> = Promise.resolve();

  /** How long it is until something may go; 0: it may now. */
  function nextIn(): number {
    if (rate === null) return 0;
    const atMs = now();
    tokens = Math.min((rate * BURST_MS) / 1000, tokens + ((atMs - filledAtMs) * rate) / 1000);
    filledAtMs = atMs;
    return tokens >= 0 ? 0 : Math.ceil((-tokens * 1000) / rate);
  }

  async function wait(bytes: number, signal: AbortSignal | undefined): Promise<void> {
    for (let waitMs = nextIn(); waitMs > 0; waitMs = nextIn()) {
      await pause(Math.min(LONGEST_SLEEP_MS, waitMs), signal);
    }
    tokens -= bytes;
  }

  return {
    get bytesPerSecond() {
      return rate;
    },
    set bytesPerSecond(wanted) {
      // What was owed under the old limit would hold up the new one.
      tokens = 0;
      filledAtMs = now();
      rate = wanted;
    },
    get sliceBytes() {
      const slice = Math.floor((rate ?? Number.POSITIVE_INFINITY) / SLICES_PER_SECOND);
      return Math.max(LEAST_SLICE_BYTES, Math.min(MOST_SLICE_BYTES, slice));
    },
    take(bytes, signal) {
      const turn = last.then(() => wait(bytes, signal));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
