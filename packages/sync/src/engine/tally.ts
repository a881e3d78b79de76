/** Counts of the current burst of work: from the first file to do until none is left. */
export interface Tally {
  readonly totalFiles: number;
  readonly totalBytes: number;
  readonly doneFiles: number;
  readonly doneBytes: number;
  added(sizeBytes: number): void;
  resized(fromBytes: number, toBytes: number): void;
  /** `dropped`: there was nothing to do after all, or nothing that can be done. */
  left(sizeBytes: number, outcome: 'stored' | 'dropped'): void;
  reset(): void;
}

export function createTally(): Tally {
  let counts = { totalFiles: 0, totalBytes: 0, doneFiles: 0, doneBytes: 0 };
  return {
    get totalFiles() {
      return counts.totalFiles;
    },
    get totalBytes() {
      return counts.totalBytes;
    },
    get doneFiles() {
      return counts.doneFiles;
    },
    get doneBytes() {
      return counts.doneBytes;
    },
    added(sizeBytes) {
      counts.totalFiles += 1;
      counts.totalBytes += sizeBytes;
    },
    resized(fromBytes, toBytes) {
      counts.totalBytes += toBytes - fromBytes;
    },
    left(sizeBytes, outcome) {
      if (outcome === 'stored') {
        counts.doneFiles += 1;
        counts.doneBytes += sizeBytes;
      } else {
        counts.totalFiles -= 1;
        counts.totalBytes -= sizeBytes;
      }
    },
    reset() {
      counts = { totalFiles: 0, totalBytes: 0, doneFiles: 0, doneBytes: 0 };
    },
  };
}
