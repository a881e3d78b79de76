import { ancestorsOf } from '../model/local-path.ts';
import { createPathSet, type PathSet } from '../model/path-set.ts';
import type { StateStore } from './environment.ts';
import { knownPathsBelow } from './known-paths.ts';
import type { ScannedFile } from './scan-folder.ts';

/** What a scan has seen of the files that the server has. Memory: some 20 bytes a file. */
export interface Census {
  seen(file: ScannedFile, isKnown: boolean): void;
  /** What is at a path of the server, and below it, can't be told. */
  unsure(path: string): void;
  /** What is at a path of the server, and below it, is not followed. */
  leftAlone(path: string): void;
  /** What of the known files was not seen, after a scan that came to its end; none of those that are unsure. */
  absent(): Absent;
  /** The outermost folders, as local paths, whose files are on another device than the watched folder. */
  mounts(): string[];
}

export interface Absent {
  /** Paths of the server. */
  readonly missing: readonly string[];
  /** So many are not followed. */
  readonly leftAlone: number;
}

export interface CensusOptions {
  readonly state: Pick<StateStore, 'knownPaths' | 'totals'>;
  readonly rootDev: bigint | null;
  readonly seed: number;
}

export function createCensus({ state, rootDev, seed }: CensusOptions): Census {
  const mounts = new Set<string>();
  const seen = createPathSet(seed);
  const unsure = createPathSet(seed);
  const leftAlone = createPathSet(seed);
  let knownSeen = 0;
  return {
    seen({ localPath, path, stat }, isKnown) {
      seen.add(path);
      if (isKnown) knownSeen += 1;
      if (stat.dev !== rootDev) addMount(mounts, localPath);
    },
    mounts: () => [...mounts],
    unsure: (path) => unsure.add(path),
    leftAlone: (path) => leftAlone.add(path),
    absent() {
      const absent = { missing: [] as string[], leftAlone: 0 };
      // Nearly always: the known files need not be gone through.
      if (knownSeen === state.totals().files) return absent;
      for (const path of knownPathsBelow(state, '')) {
        if (seen.has(path)) continue;
        if (isWithin(leftAlone, path)) absent.leftAlone += 1;
        else if (!isWithin(unsure, path)) absent.missing.push(path);
      }
      return absent;
    },
  };
}

const isWithin = (paths: PathSet, path: string): boolean =>
  paths.has(path) || ancestorsOf(path).some((each) => paths.has(each));

/** The folder of a file counts, unless one that it lies in does. */
function addMount(mounts: Set<string>, localPath: string): void {
  const ancestors = ancestorsOf(localPath);
  const parent = ancestors.at(-1);
  if (parent !== undefined && !ancestors.some((each) => mounts.has(each))) mounts.add(parent);
}
