import type { LocalStat } from '../model/local-stat.ts';
import type { FileProblem } from './sync-event.ts';

interface Entry {
  readonly problem: FileProblem;
  /** The file as it was when it was given up; null when there is none to compare with. */
  parkedAt: LocalStat | null;
  seenIn: number;
}

/** What is not on the server, and why. */
export interface Problems {
  readonly size: number;
  list(): FileProblem[];
  get(localPath: string): FileProblem | undefined;
  /** What was given up is worth another try. */
  unpark(): void;
  /** True when it was not known before. */
  add(problem: FileProblem, parkedAt: LocalStat | null): boolean;
  delete(localPath: string): void;
  /** The file is there; true when this very state of it was given up. */
  isParked(localPath: string, isSame: (parkedAt: LocalStat) => boolean): boolean;
  /** A full scan begins: what it does not see again is gone when it ends. */
  beginScan(): void;
  endScan(): void;
}

export function createProblems(): Problems {
  const entries = new Map<string, Entry>();
  let scan = 0;
  return {
    get size() {
      return entries.size;
    },
    list: () => [...entries.values()].map(({ problem }) => problem),
    get: (localPath) => entries.get(localPath)?.problem,
    unpark() {
      for (const entry of entries.values()) entry.parkedAt = null;
    },
    add(problem, parkedAt) {
      const before = entries.get(problem.localPath)?.problem;
      entries.set(problem.localPath, { problem, parkedAt, seenIn: scan });
      return before?.code !== problem.code || before.message !== problem.message;
    },
    delete(localPath) {
      entries.delete(localPath);
    },
    isParked(localPath, isSame) {
      const entry = entries.get(localPath);
      if (entry === undefined) return false;
      entry.seenIn = scan;
      return entry.parkedAt !== null && isSame(entry.parkedAt);
    },
    beginScan() {
      scan += 1;
    },
    endScan() {
      for (const [localPath, entry] of entries) if (entry.seenIn < scan) entries.delete(localPath);
    },
  };
}
