import type { KnownFile } from './known-file.ts';
import type { Place } from './local-path.ts';
import { isSameStat, type LocalStat, type StatIdentity } from './local-stat.ts';

/** A file at its place in the folder, and on the server. */
export interface NotedFile extends Place {
  readonly stat: LocalStat;
}

/** What to do about a file that is there. */
export type FileAction =
  /** The server has it as it is. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'upload' }
  /** It bears the inode of the known files at these paths of the server: it may be one of them that was moved. */
  | { readonly kind: 'move_or_upload'; readonly relatives: readonly string[] };

export interface FileSituation {
  readonly stat: LocalStat;
  /** The known file at its path. */
  readonly known: KnownFile | undefined;
  /** The known files that bear its inode; asked for only when there is none at its path. */
  readonly findByInode: (ino: bigint) => readonly KnownFile[];
}

/** What to do about a file that is there. Whether a relative is gone, only another look can tell. */
export function planFile({ stat, known, findByInode }: FileSituation): FileAction {
  if (isUnchanged(stat, known)) return { kind: 'nothing' };
  // At a path that the server has, what is there now is its next version, wherever it came from.
  if (known !== undefined || stat.birthNs === 0n) return { kind: 'upload' };
  const relatives = findByInode(stat.ino).flatMap(({ birthNs, path }) =>
    birthNs === stat.birthNs ? path : [],
  );
  return relatives.length === 0 ? { kind: 'upload' } : { kind: 'move_or_upload', relatives };
}

/**
 * A file whose time is this close to the moment it was looked at may be written to again within the same tick
 * of the file system's clock, and its stat stay the same. FAT ticks every two seconds.
 */
export const RACY_WINDOW_NS = 2_000_000_000n;
const NS_PER_MS = 1_000_000n;

/** True when the server has the file as it is now; otherwise only its content can tell. */
export function isUnchanged(local: StatIdentity, known: KnownFile | undefined): boolean {
  return known !== undefined && isSameStat(local, known) && !isRacy(known);
}

/** True when the server has the file as it is, and all that is noted of it is as it should be. */
export function isNotedAs({ localPath, stat }: NotedFile, known: KnownFile | undefined): boolean {
  return isUnchanged(stat, known) && known?.localPath === localPath && known.birthNs === stat.birthNs;
}

/** By the time that the system sets at each change: the other one is anybody's to set, to the future as well. */
function isRacy(known: KnownFile): boolean {
  const recordedNs = BigInt(Math.trunc(known.recordedAtMs)) * NS_PER_MS;
  return known.ctimeNs > recordedNs - RACY_WINDOW_NS;
}
