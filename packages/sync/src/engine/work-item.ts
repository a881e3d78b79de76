import type { Failure } from '../model/failure.ts';
import type { LocalStat } from '../model/local-stat.ts';
import type { Rest } from '../model/quiet-window.ts';
import type { ScannedFile } from './scan-folder.ts';

export type Lane = 'small' | 'large';

/** Files up to this size are read whole, and sent many at once as far as they go in a bundle. */
const SMALL_FILE_BYTES = 1024 * 1024;

/** A file that has something to do. */
export interface WorkItem {
  readonly path: string;
  localPath: string;
  rest: Rest;
  lane: Lane;
  /** Waiting for rest or for another try; in the queue; being worked on. */
  state: 'waiting' | 'ready' | 'active';
  /** Somebody just touched it: it goes before what a scan found. */
  isHot: boolean;
  /** It was touched while it was worked on. */
  isDirty: boolean;
  failures: number;
  /** Why it failed last; null when it did not. */
  failure: Failure | null;
  /** While it waits: until this moment, by the monotonic clock. */
  dueAtMs: number;
  /** Monotonic time since when it has not been at rest when it was read; null when it was never tried. */
  restlessSinceMs: number | null;
  /** Monotonic time since when some program was seen to have it open for writing; null when none was. */
  openSinceMs: number | null;
  /** Bytes of it that are with the store. */
  sentBytes: number;
  /** Of these, what an earlier try had sent. */
  keptBytes: number;
  /** The rules, and the size, under which it was found to be wanted last. */
  seenUnder: { readonly generation: number; readonly sizeBytes: number };
}

export interface Finding {
  readonly isHot: boolean;
  readonly rest: Rest;
  /** Of the rules. */
  readonly generation: number;
}

export function laneOf(stat: LocalStat): Lane {
  return stat.sizeBytes <= SMALL_FILE_BYTES ? 'small' : 'large';
}

export function createWorkItem(file: ScannedFile, { isHot, rest, generation }: Finding): WorkItem {
  return {
    path: file.path,
    localPath: file.localPath,
    rest,
    lane: laneOf(file.stat),
    state: 'waiting',
    isHot,
    isDirty: false,
    failures: 0,
    failure: null,
    dueAtMs: rest.dueAtMs,
    restlessSinceMs: null,
    openSinceMs: null,
    sentBytes: 0,
    keptBytes: 0,
    seenUnder: { generation, sizeBytes: file.stat.sizeBytes },
  };
}
