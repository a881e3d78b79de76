import type { KnownFile } from '../model/known-file.ts';

/** A file that the server has, and that the folder does not seem to have any more. */
export interface GoneFile {
  /** On the server. */
  readonly path: string;
  /** By the monotonic clock, as what follows. */
  readonly firstSuspectedAtMs: number;
  /** When a hint last said so; of a scan, when it found that first. */
  suspectedAtMs: number;
  /** Somebody said that it is meant. */
  isConfirmed: boolean;
  /** It seemed to be gone once more since it was looked for. */
  isAgain: boolean;
}

/** One that seems to be gone as of now. */
export const suspectAt = (path: string, nowMs: number): GoneFile => ({
  path,
  firstSuspectedAtMs: nowMs,
  suspectedAtMs: nowMs,
  isConfirmed: false,
  isAgain: false,
});

/** One that was looked for, and is not there. */
export interface FoundGone {
  readonly file: GoneFile;
  readonly known: KnownFile;
}
