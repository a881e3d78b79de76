import type { KnownFile } from './known-file.ts';
import { isSameStat, type StatIdentity } from './local-stat.ts';

/**
 * A file whose time is this close to the moment it was looked at may be written to again within the same tick
 * of the file system's clock, and its stat stay the same. FAT ticks every two seconds.
 */
const RACY_WINDOW_NS = 2_000_000_000n;
const NS_PER_MS = 1_000_000n;

/** True when the server has the file as it is now; otherwise only its content can tell. */
export function isUnchanged(local: StatIdentity, known: KnownFile | undefined): boolean {
  return known !== undefined && isSameStat(local, known) && !isRacy(known);
}

/** By the time that the system sets at each change: the other one is anybody's to set, to the future as well. */
function isRacy(known: KnownFile): boolean {
  const recordedNs = BigInt(Math.trunc(known.recordedAtMs)) * NS_PER_MS;
  return known.ctimeNs > recordedNs - RACY_WINDOW_NS;
}
