import type { StatIdentity } from './local-stat.ts';

/** A file as it was when the server last acknowledged its content. */
export interface KnownFile extends StatIdentity {
  /** Path on the server: Unicode NFC, `/`-separated. */
  readonly path: string;
  /** Path below the watched folder as the file system spells it, `/`-separated. */
  readonly localPath: string;
  readonly birthNs: bigint;
  readonly sha256: string;
  readonly fileId: string;
  readonly version: number;
  /** When the stat was taken, by the wall clock. */
  readonly recordedAtMs: number;
}

/** A file that the server is asked to have at a path: noted before it is asked, until its answer is noted as well. */
export interface Intent {
  readonly path: string;
  readonly localPath: string;
  /** The sha256 of its content; or the id of the file that is moved there. */
  readonly is: string;
  /** Of a file that is moved, which stays the same; null for a content. */
  readonly version: number | null;
  /** When it was noted, by the wall clock of this machine. */
  readonly notedAtMs: number;
  /** When it ended without an answer; null: it has not ended, or with the program. */
  readonly endedAtMs: number | null;
}

/** An upload of a large file that was begun and may be gone on with. */
export interface OpenUpload extends StatIdentity {
  readonly path: string;
  readonly uploadId: string;
}
