import {
  CHUNK_GRANULARITY_BYTES,
  MAX_BUNDLE_BYTES,
  MAX_BUNDLED_FILE_BYTES,
} from '@instashare/contracts/rules';

/**
 * How much goes into one bundle, and whether several go at once: about what the line to the server carries in a second,
 * so that what somebody just saved does not wait long behind it, and a line that breaks now and then loses little.
 */
export interface BundleBudget {
  readonly bytes: number;
  /** One after the other is as fast: several would only take from each other, and be lost together. */
  readonly isSlow: boolean;
  /** A bundle got through. */
  arrived(tookMs: number): void;
  /** One broke off, or was too large for something on the way. */
  broke(): void;
}

const FIRST_BYTES = 1024 * 1024;
/** Half of what a bundle may hold: more is no faster, and takes memory. */
const MOST_BYTES = MAX_BUNDLE_BYTES / 2;
/** What the resumable upload sends at least: below, nothing is gained by it. */
const LEAST_BYTES = CHUNK_GRANULARITY_BYTES;
const QUICK_MS = 1_000;
const SLOW_MS = 4_000;

/** What bounds how fast uploads go, if anything does. */
export interface Pace {
  readonly bytesPerSecond: number | null;
}

export function createBundleBudget(pace: Pace): BundleBudget {
  let bytes = FIRST_BYTES;
  const halve = () => {
    bytes = Math.max(LEAST_BYTES, bytes / 2);
  };
  const current = () => Math.max(LEAST_BYTES, Math.min(bytes, pace.bytesPerSecond ?? bytes));
  return {
    get bytes() {
      return current();
    },
    get isSlow() {
      return current() < FIRST_BYTES;
    },
    arrived(tookMs) {
      if (tookMs < QUICK_MS) bytes = Math.min(MOST_BYTES, bytes * 2);
      else if (tookMs > SLOW_MS) halve();
    },
    broke: halve,
  };
}

/** The server spends about as much on a file as on so many bytes. */
const BYTES_PER_FILE = 4 * 1024;

/** What a file takes of a budget; infinite when it is too large for any bundle. */
export function costInBundle(sizeBytes: number): number {
  return sizeBytes > MAX_BUNDLED_FILE_BYTES ? Number.POSITIVE_INFINITY : BYTES_PER_FILE + sizeBytes;
}
