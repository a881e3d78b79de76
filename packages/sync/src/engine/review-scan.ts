import { ancestorsOf } from '../model/local-path.ts';
import { type GoneFile, suspectAt } from './gone-file.ts';
import type { RemovalParts } from './removals.ts';
import type { RootState } from './root-guard.ts';

/** A scan that came to its end. */
export interface EndedScan {
  /** The known files that it did not see; what it saw is not gone (any more). */
  readonly missing: ReadonlySet<string>;
  readonly root: Exclude<RootState, 'first'>;
  /** Local paths of the folders that are on disks of their own, and there. */
  readonly mounts: readonly string[];
  /** So many of the known files are not followed (any more). */
  readonly leftAlone: number;
}

/** Lets go of what is back, and holds what lay on a disk that is not there. */
export function reviewScan(parts: RemovalParts, { missing, mounts, root }: EndedScan): void {
  const { files, held, options } = parts;
  const { env, guard } = options;
  const remembered = guard.remembered()?.mounts ?? [];
  // Where the last files of a disk's own folder are gone, those in its folders still tell that it is there.
  const lost = remembered.filter((mount) => !mounts.some((each) => each === mount || isBelow(each, [mount])));
  const { monotonicMs } = env.clock.now();
  const isLost = (path: string) => lost.length > 0 && isBelow(env.state.known(path)?.localPath, lost);
  const released = held.release(
    ({ path }, reason) =>
      !missing.has(path) ||
      (reason === 'unmounted' && !isLost(path)) ||
      (reason === 'other_folder' && root === 'same'),
  );
  for (const { path } of released) files.delete(path);
  const unmounted = [...missing].filter((path) => !held.has(path) && isLost(path));
  held.hold(
    unmounted.map((path) => fileAt(files, path, monotonicMs)),
    'unmounted',
  );
  if (missing.size === 0) guard.note({ isHolding: false });
  if (missing.size === 0 && root === 'other') guard.adopt();
  const there = [...mounts, ...remembered.filter((mount) => !lost.includes(mount))];
  guard.note({ mounts: outermost(held.count('unmounted') > 0 ? [...there, ...lost] : there) });
}

function outermost(folders: readonly string[]): string[] {
  return [...new Set(folders)].filter((folder) => !isBelow(folder, folders)).toSorted();
}

function isBelow(localPath: string | undefined, folders: readonly string[]): boolean {
  return localPath !== undefined && ancestorsOf(localPath).some((folder) => folders.includes(folder));
}

function fileAt(files: Map<string, GoneFile>, path: string, suspectedAtMs: number): GoneFile {
  const file = files.get(path) ?? suspectAt(path, suspectedAtMs);
  files.set(path, file);
  return file;
}
