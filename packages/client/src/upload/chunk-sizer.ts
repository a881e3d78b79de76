const FIRST_CHUNK_BYTES = 64 * 1024 * 1024;
/** Nothing moves between two chunks, so on a fast line they grow; not without end, since some proxies store a whole one. */
const LARGEST_CHUNK_BYTES = 512 * 1024 * 1024;
/** A chunk that took longer does not grow: many a proxy bounds the time of one request. */
const GROWS_WITHIN_MS = 2_000;
/** A broken line is no sign of a limit below this; a 413 is one at any size. */
const SMALLEST_AFTER_BREAKS_BYTES = 1024 * 1024;
/** Some proxies cut the connection instead of answering 413. */
const BREAKS_BEFORE_SHRINKING = 2;

/** How much to send in one request: as much as what lies between here and the store lets through. */
export interface ChunkSizer {
  current(): number;
  /** A 413: halves the chunk; false when it can't get smaller. */
  shrink(): boolean;
  /** The connection broke; again and again at one place, that means the same as a 413. */
  broke(): void;
  /** Something got through. */
  passed(): void;
  /** A whole chunk got through in one request. */
  sent(tookMs: number): void;
}

export interface ChunkSizes {
  readonly firstBytes?: number | undefined;
  readonly largestBytes?: number | undefined;
}

export function chunkSizer(
  granularityBytes: number,
  { firstBytes = FIRST_CHUNK_BYTES, largestBytes = LARGEST_CHUNK_BYTES }: ChunkSizes = {},
): ChunkSizer {
  const aligned = (bytes: number) =>
    Math.max(granularityBytes, Math.floor(bytes / granularityBytes) * granularityBytes);
  let chunkBytes = aligned(Math.min(firstBytes, largestBytes));
  let breaks = 0;
  /** Found out by a refusal or by breaks: growing again would only meet it again. */
  let isLimited = false;

  const halve = (smallestBytes: number): boolean => {
    const halved = Math.max(smallestBytes, aligned(chunkBytes / 2));
    const isSmaller = halved < chunkBytes;
    if (isSmaller) chunkBytes = halved;
    isLimited = true;
    return isSmaller;
  };

  return {
    current: () => chunkBytes,
    shrink: () => halve(granularityBytes),
    broke() {
      breaks += 1;
      if (breaks < BREAKS_BEFORE_SHRINKING) return;
      breaks = 0;
      halve(Math.min(chunkBytes, aligned(SMALLEST_AFTER_BREAKS_BYTES)));
    },
    passed() {
      breaks = 0;
    },
    sent(tookMs) {
      if (isLimited || tookMs > GROWS_WITHIN_MS || chunkBytes >= largestBytes) return;
      chunkBytes = aligned(Math.min(largestBytes, chunkBytes * 2));
    },
  };
}
