import type { HoldReason } from '../model/deletions.ts';
import type { Failure } from '../model/failure.ts';
import type { IgnoreRule } from '../model/ignore-file.ts';

/** Why the whole engine waits. */
export type WaitReason = 'offline' | 'busy' | 'quota' | 'storage_full' | 'logged_out';

const FOR_A_PERSON: ReadonlySet<string> = new Set<WaitReason>(['quota', 'storage_full', 'logged_out']);

/** Such a wait passes only when a person does something. */
export const needsPerson = (reason: string | null): boolean => reason !== null && FOR_A_PERSON.has(reason);

/** A file that is not on the server, and why. Kept until it changes or is gone. */
export interface FileProblem extends Failure {
  /** As the file system spells it. */
  readonly localPath: string;
}

export type SyncEvent =
  /** How changes are noticed; `polling` comes with the reason why the system's watch can't be used. */
  | { readonly type: 'watching'; readonly by: 'events' | 'polling'; readonly reason?: string }
  | {
      readonly type: 'scanned';
      readonly files: number;
      readonly sizeBytes: number;
      /** Files that the server has already. */
      readonly unchanged: number;
      /** Symbolic links, sockets, pipes and devices: not uploaded. */
      readonly skipped: number;
      /** Left out by rules, by size, or since others are chosen; a folder counts as one. */
      readonly ignored: number;
      readonly durationMs: number;
      readonly isFirst: boolean;
    }
  | ({ readonly type: 'skipped'; readonly localPath: string } & Skipped)
  | {
      readonly type: 'stored';
      readonly path: string;
      readonly sizeBytes: number;
      readonly sha256: string;
      readonly version: number;
      /** The account had the content; of a small file it may have been sent all the same. */
      readonly alreadyStored: boolean;
      readonly sentBytes: number;
    }
  /** It was moved in the folder, and so it was on the server: nothing was sent. */
  | { readonly type: 'moved'; readonly from: string; readonly path: string }
  /** It is gone from the folder, and so it is in the server's trash. */
  | { readonly type: 'deleted'; readonly path: string }
  /** It is gone from the folder, but stays on the server: another device has changed it there. */
  | { readonly type: 'kept'; readonly path: string }
  /** Files that are gone from the folder stay on the server until somebody confirms that it is meant; null: none. */
  | { readonly type: 'deletions_held'; readonly files: number; readonly reason: HoldReason | null }
  | ({ readonly type: 'problem' } & FileProblem)
  | {
      readonly type: 'waiting';
      readonly reason: WaitReason;
      readonly code: string;
      readonly message: string;
      readonly retryInMs: number;
    }
  | { readonly type: 'resumed' }
  /** The person wants nothing to be uploaded for now, or wants it again. */
  | { readonly type: 'paused' | 'unpaused' }
  /** Nothing is uploaded before `until`, an ISO time: it is outside of the hours for it. */
  | { readonly type: 'closed'; readonly hours: string; readonly until: string }
  | { readonly type: 'opened' }
  /** Everything there is on the server, but for the problems. */
  | {
      readonly type: 'up_to_date';
      readonly files: number;
      readonly sizeBytes: number;
      readonly problems: number;
    };

export type SkipReason =
  | 'symlink'
  | 'special'
  | 'excluded'
  | 'ignored'
  | 'not_selected'
  | 'too_large'
  | 'unclear';

/** Why something in the folder is not uploaded, and by which rule if by one. */
export interface Skipped {
  readonly why: SkipReason;
  readonly rule?: IgnoreRule;
}

/** A large file on its way. */
export interface ActiveUpload {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
}

/** How it stands, for one who looks now and then. */
export interface SyncStatus {
  readonly phase: 'scanning' | 'uploading' | 'waiting' | 'paused' | 'up_to_date';
  /** Of the current burst of work: since everything was last up to date. */
  readonly totalFiles: number;
  readonly totalBytes: number;
  readonly doneFiles: number;
  /** Bytes that need not be sent any more, those of unfinished files included. */
  readonly doneBytes: number;
  /** Bytes that went over the line since the start. */
  readonly sentBytes: number;
  readonly active: readonly ActiveUpload[];
  readonly problems: number;
  /** Files whose deletion on the server waits to be confirmed. */
  readonly heldDeletions: number;
  readonly waitingFor: string | null;
  /** Outside of the hours for uploads: the ISO time at which they begin. */
  readonly closedUntil: string | null;
}
