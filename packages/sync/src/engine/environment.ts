import type {
  BundledFile,
  BundleFile,
  BundleOptions,
  UploadOutcome,
  UploadRequest,
} from '@instashare/client/node';
import type { ErrorCode } from '@instashare/contracts';
import type { Intent, KnownFile, OpenUpload } from '../model/known-file.ts';
import type { KnownRoot, RootSight } from '../model/known-root.ts';
import type { LocalStat } from '../model/local-stat.ts';
import type { NotedFile } from '../model/plan.ts';
import type { Now } from '../model/quiet-window.ts';

/** Everything the engine does to the world goes through here; the real one is built once, tests bring their own. */
export interface SyncEnvironment {
  readonly files: FileSystem;
  readonly watcher: FolderWatcher;
  readonly remote: Remote;
  readonly state: StateStore;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export type EntryKind = 'file' | 'folder' | 'symlink' | 'special';

/** Something in a folder. Only files carry a stat; one that can't be looked at carries the error. */
export type ListedEntry =
  | SeenEntry
  | { readonly name: string; readonly kind: 'unreadable'; readonly error: Error };

export type SeenEntry =
  | { readonly name: string; readonly kind: 'file'; readonly stat: LocalStat }
  | { readonly name: string; readonly kind: Exclude<EntryKind, 'file'> };

/**
 * The watched folder, read only. Paths are below it, `/`-separated, in the file system's own spelling; '' is
 * the folder itself. Errors are Node's system errors, with their `code`.
 */
export interface FileSystem {
  /** The folder itself; rejects when it is not there. */
  root(): Promise<RootSight>;
  /** What is in a folder, in no order, in batches; rejects when it can't be listed. Links are not followed. */
  list(folder: string, signal: AbortSignal): AsyncIterable<readonly ListedEntry[]>;
  /** null when there is nothing of exactly this name, or when the way to it leads over a symbolic link. */
  look(path: string): Promise<SeenEntry | null>;
  /** All of a file that should be small; null when there is nothing at the path. Rejects when it is no file, or larger. */
  readIfThere(path: string, mostBytes: number): Promise<Uint8Array | null>;
  /** Opens a file for reading, without a lock and without following a link. */
  open(path: string): Promise<OpenFile>;
}

export interface OpenFile extends AsyncDisposable {
  /** null when it is no file (any more). */
  stat(): Promise<LocalStat | null>;
  read(target: Uint8Array, position: number): Promise<number>;
  /** True when some program has it open for writing; false when none has, or when the system does not tell. */
  isOpenForWriting(): Promise<boolean>;
}

/** A hint that something happened at a path. What, only a look can tell. */
export interface FolderWatcher {
  /**
   * Watches what {@link FileSystem.list} lists from now on, and may watch more. Rejects when the system can't watch
   * the folder.
   */
  watch(listener: WatchListener): Promise<AsyncDisposable>;
}

export interface WatchListener {
  /** Paths as {@link FileSystem} has them. */
  readonly onHint: (paths: readonly string[]) => void;
  /** The watch is lost: only scans find changes from now on. */
  readonly onLost: (error: Error) => void;
}

/** What the engine asks of the server. Failures are InstashareErrors. */
export interface Remote {
  upload(options: UploadRequest): Promise<UploadOutcome>;
  /** Small files in one request, stored together; what came of each, in their order. */
  uploadBundle(files: readonly BundleFile[], options: BundleOptions): Promise<BundledFile[]>;
  /** The current version of the file at a path; null when there is none. */
  findByPath(path: string, signal: AbortSignal): Promise<StoredAtPath | null>;
  /**
   * The files below a folder of the server ('': all) whose content it found damaged after it had acknowledged it,
   * however many there are: they come as they are told of.
   */
  findFailed(folder: string, signal: AbortSignal): AsyncIterable<FailedFile>;
  /**
   * Gives files other paths, all at once, each only if it is still at the path and the version that are known; what came of each, in
   * their order: null, or the code of the refusal.
   */
  moveFiles(files: readonly FileMove[], signal: AbortSignal): Promise<readonly (ErrorCode | null)[]>;
  /** Puts files into the trash, in the same way. */
  deleteFiles(files: readonly FileAtVersion[], signal: AbortSignal): Promise<readonly (ErrorCode | null)[]>;
  /** Ends an upload that nobody will go on with; fine when it has ended. */
  cancelUpload(uploadId: string): Promise<void>;
}

export interface FailedFile {
  readonly path: string;
  readonly sha256: string;
}

export interface StoredAtPath {
  readonly id: string;
  readonly version: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** ISO 8601, by the server's clock: when it got this version, or this path. */
  readonly updatedAt: string;
}

export interface FileAtVersion {
  readonly id: string;
  readonly ifVersion: number;
  /** Another device may have moved it meanwhile. */
  readonly ifPath: string;
}

export interface FileMove extends FileAtVersion {
  /** The path afterwards. */
  readonly path: string;
}

/** What is known of the server's side; survives a crash at any moment. Everything written is there at once. */
export interface StateStore extends Disposable {
  /** What `write` writes is there all together, or, when it throws, not at all. It must not wait for anything. */
  together(write: () => void): void;
  known(path: string): KnownFile | undefined;
  putKnown(file: KnownFile): void;
  /** As if the server had never acknowledged the file. */
  forgetKnown(path: string): void;
  /**
   * True when `known` has certainly nothing to say of a file but that the server has it as it is. When it is false, `known`
   * may say the same: it is there to make asking about all files cheap.
   */
  isNotedAs(file: NotedFile): boolean;
  /** How much the server has from this folder. */
  totals(): { readonly files: number; readonly sizeBytes: number };
  /** True when some known file has exactly this size. */
  knowsSize(sizeBytes: number): boolean;
  /** True when some known file has this content. */
  knowsContent(sha256: string): boolean;
  knownByInode(ino: bigint): readonly KnownFile[];
  /** Paths of known files below a folder of the server ('': all), in the store's own order, those after `after`. */
  knownPaths(page: KnownPathsPage): readonly string[];
  /** What is remembered of the folder itself; undefined before the first scan that came to its end. */
  root(): KnownRoot | undefined;
  putRoot(root: KnownRoot): void;
  openUpload(path: string): OpenUpload | undefined;
  openUploads(): readonly OpenUpload[];
  putOpenUpload(upload: OpenUpload): void;
  removeOpenUpload(path: string): void;
  /** What one request is about, by a number of its own. */
  putIntents(id: number, files: readonly Intent[]): void;
  removeIntents(id: number): void;
  intents(): readonly { readonly id: number; readonly files: readonly Intent[] }[];
  /** The person wants nothing to be uploaded for now. */
  isPaused(): boolean;
  setPaused(isPaused: boolean): void;
}

export interface KnownPathsPage {
  readonly below: string;
  readonly after: string | null;
  readonly limit: number;
}

export interface Clock {
  now(): Now;
  /** Calls back after `ms`; the function returned calls it off. */
  after(ms: number, callback: () => void): () => void;
}
