const FIRST_CHUNK_BYTES = 64 * 1024 * 1024;
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
  /** A chunk got through. */
  passed(): void;
}

export function chunkSizer(granularityBytes: number, firstBytes = FIRST_CHUNK_BYTES): ChunkSizer {
  const aligned = (bytes: number) =>
    Math.max(granularityBytes, Math.floor(bytes / granularityBytes) * granularityBytes);
  let chunkBytes = aligned(firstBytes);
  let breaks = 0;

  const halve = (smallestBytes: number): boolean => {
    const halved = Math.max(smallestBytes, aligned(chunkBytes / 2));
    const isSmaller = halved < chunkBytes;
    if (isSmaller) chunkBytes = halved;
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
  };
}
