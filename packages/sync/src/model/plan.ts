import type { KnownFile } from './known-file.ts';
import { isSameStat, type StatIdentity } from './local-stat.ts';

/**
 * What to do about a file:
 * - `unchanged`: the server has it;
 * - `compare`: only its hash can tell whether the server has it;
 * - `upload`: the server has not got it.
 */
export type Plan = 'unchanged' | 'compare' | 'upload';

/**
 * A file whose time is this close to the moment it was looked at may be written to again within the same tick
 * of the file system's clock, and its stat stay the same. FAT ticks every two seconds.
 */
const RACY_WINDOW_NS = 2_000_000_000n;
const NS_PER_MS = 1_000_000n;

export function plan(local: StatIdentity, known: KnownFile | undefined): Plan {
  if (known === undefined) return 'upload';
  if (isSameStat(local, known)) return isRacy(known) ? 'compare' : 'unchanged';
  return local.sizeBytes === known.sizeBytes ? 'compare' : 'upload';
}

function isRacy(known: KnownFile): boolean {
  const recordedNs = BigInt(Math.trunc(known.recordedAtMs)) * NS_PER_MS;
  return known.mtimeNs > recordedNs - RACY_WINDOW_NS;
}
