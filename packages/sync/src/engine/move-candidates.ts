import type { ScannedFile } from './scan-folder.ts';

/** A file that may have been moved. */
export interface MoveCandidate {
  readonly file: ScannedFile;
  /** Paths of the known files that it may have been: there may be very many candidates. */
  readonly relatives: readonly string[];
}

/** At most one for each path of the server. */
export interface MoveCandidates {
  readonly size: number;
  at(path: string): MoveCandidate | undefined;
  /** The paths of those below a folder. */
  below(folder: string): string[];
  has(candidate: MoveCandidate): boolean;
  add(candidate: MoveCandidate): MoveCandidate;
  /** False when it was not there (any more). */
  delete(candidate: MoveCandidate): boolean;
  /** The file at this path is a relative of one of them. */
  isSource(path: string): boolean;
}

export function createCandidates(): MoveCandidates {
  const byPath = new Map<string, MoveCandidate>();
  const sources = new Map<string, number>();
  const count = ({ relatives }: MoveCandidate, difference: 1 | -1) => {
    for (const path of relatives) {
      const left = (sources.get(path) ?? 0) + difference;
      if (left === 0) sources.delete(path);
      else sources.set(path, left);
    }
  };
  const has = (candidate: MoveCandidate) => byPath.get(candidate.file.path) === candidate;
  return {
    get size() {
      return byPath.size;
    },
    at: (path) => byPath.get(path),
    below: (folder) => [...byPath.keys()].filter((path) => path.startsWith(`${folder}/`)),
    has,
    add(candidate) {
      byPath.set(candidate.file.path, candidate);
      count(candidate, 1);
      return candidate;
    },
    delete(candidate) {
      if (!has(candidate)) return false;
      byPath.delete(candidate.file.path);
      count(candidate, -1);
      return true;
    },
    isSource: (path) => sources.has(path),
  };
}
