import type { Readable } from 'node:stream';

/** What a store knows of an object. */
export interface ObjectStat {
  readonly sizeBytes: number;
  /**
   * SHA-256 (hexadecimal) of the bytes when this store itself hashed them while they came in and still knows
   * it; null when it can't tell without reading the object. Never what a client claimed.
   */
  readonly sha256: string | null;
  /**
   * CRC32C of the bytes as the store itself computed it: four bytes, the highest first, in base64. Left out by
   * stores that keep none.
   */
  readonly crc32c?: string;
}

/** How far an upload session got. */
export type UploadSessionStatus =
  | { readonly state: 'open'; readonly receivedBytes: number }
  | { readonly state: 'finished'; readonly sizeBytes: number }
  | { readonly state: 'gone' };

export interface UploadSessionRequest {
  readonly uploadId: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly expiresAt: Date;
}

/** What a client needs to send the bytes, and what the store needs to find the session again. */
export interface OpenedUploadSession {
  /** A secret: whoever holds it can send the bytes. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Opaque to everyone but the driver; kept in the upload's row. */
  readonly session: string;
  /** The finished object will have a `crc32c`, with which the client's can be compared. */
  readonly comparesCrc32c?: true;
}

export interface ReadOptions {
  /** First byte to read, from 0. */
  readonly offset?: number;
  /** How many bytes to read at most; to the end when left out. */
  readonly lengthBytes?: number;
  /** How large the chunks should be, for who works on large pieces. A wish: others may come. */
  readonly chunkBytes?: number | undefined;
  readonly signal?: AbortSignal;
}

export interface PutOptions {
  readonly signal?: AbortSignal;
  /** A body with more bytes than this is refused with `object_too_large`. */
  readonly maxBytes?: number;
  /** True: nobody else uses the memory of the body's chunks, and it may be freed as soon as they are written. */
  readonly ownsChunks?: boolean;
  /** False: nobody will ask for the SHA-256, and a store may spare itself the work. */
  readonly hashed?: boolean;
}

export interface SignedUrlOptions {
  /** At most 7 days from now. */
  readonly expiresAt: Date;
}

export interface ListOptions {
  readonly prefix?: string;
  /** `nextCursor` of the page before: a key, so that it holds for objects that were moved to another store, too. */
  readonly cursor?: string | null;
  readonly limit: number;
}

export interface ListPage {
  readonly objects: readonly { readonly key: string; readonly sizeBytes: number; readonly createdAt: Date }[];
  readonly nextCursor: string | null;
}

/**
 * Where bytes live. A small port with dumb drivers; every driver passes the same test suite.
 *
 * - **Keys** are made of ids by us (`<userId>/<id>[.zst]`), are never used twice, and an object never changes:
 *   everything that writes is create-only.
 * - **Atomic**: an object is there whole or not at all; nobody ever sees a part of one.
 * - **Durable**: when `put` resolves, or an upload session says that it is finished, the object survives a
 *   loss of power.
 * - **Streams**: `put` consumes the body it is given and destroys it on failure. The caller owns what `read`
 *   returns, with the memory of its chunks, and must consume or destroy it; destroying it frees everything at once.
 * - **Errors**: `StorageError` with its reason; the receiver below speaks in `AppError`s, since a client asked.
 */
export interface ObjectStore extends AsyncDisposable {
  /**
   * Writes a new object from a stream. Rejects with `object_exists` when the key is taken, with the body's own
   * error when that breaks off, with the signal's reason, and with `storage_full`; then nothing of it is kept.
   */
  put(key: string, body: Readable, options?: PutOptions): Promise<ObjectStat>;
  /**
   * Opens a session that takes exactly `sizeBytes` bytes by the resumable protocol. Rejects with `storage_full`
   * when it is plain that they would not fit.
   */
  createUploadSession(request: UploadSessionRequest): Promise<OpenedUploadSession>;
  /** The `session` that {@link createUploadSession} will give; null where that can't be told before. */
  sessionOf(request: UploadSessionRequest): string | null;
  /**
   * An address that works for a session opened before, and a `session` to go with it; each may be the one there
   * was. The bytes already there count, unless the store has dropped an old session: then a new one begins.
   */
  renewUploadSession(request: UploadSessionRequest, session: string): Promise<OpenedUploadSession>;
  /**
   * How far a session got, without disturbing whoever writes to it. A session that has all its bytes is
   * finished by asking; one that was cancelled, is another store's, or never was, is `gone`.
   */
  uploadSessionStatus(key: string, session: string): Promise<UploadSessionStatus>;
  /** Ends a session and frees its bytes; a finished object stays. Fine to call twice. */
  cancelUploadSession(key: string, session: string): Promise<void>;
  /** null when there is no such object. */
  stat(key: string): Promise<ObjectStat | null>;
  /**
   * Rejects with `object_missing` before the first byte when there is no such object. A stream that fails
   * before anybody listens to it, as when `signal` aborts, does not end the process.
   */
  read(key: string, options?: ReadOptions): Promise<Readable>;
  /** Removes an object; fine when there is none. A session that may still be open is cancelled first. */
  delete(key: string): Promise<void>;
  /**
   * An address under which whoever has it can GET the stored bytes as they are (not decoded), whole or a range.
   * A secret. Says nothing about whether there is such an object.
   */
  signedReadUrl(key: string, options: SignedUrlOptions): Promise<string>;
  /** Finished objects in key order. */
  list(options: ListOptions): Promise<ListPage>;
  /** The id of the instance that the store belongs to; null when nobody has marked it. */
  readMark(): Promise<string | null>;

  /** Marks the store as this instance's, durably, unless it carries a mark; gives the id that it carries then. */
  mark(instanceId: string): Promise<string>;

  /** Rejects when the store can't be used (no rights, no such bucket, disk not writable, or no longer mounted). */
  check(): Promise<void>;

  /** What is free where the objects lie; null for a store that has no end. */
  freeBytes(): Promise<number | null>;
}

/** Tells which requests carry a signed address of ours. */
export interface SignedUrlVerifier {
  /** True when `query` holds a signature of ours for this object that has not expired. Constant time. */
  verify(key: string, query: Readonly<Record<string, unknown>>): boolean;
}

export interface ReceiveRequest {
  readonly key: string;
  readonly sizeBytes: number;
  readonly offset: number;
  /**
   * True: nobody else uses the memory of the body's chunks, as is so with those of a request, and the receiver may
   * give it back as soon as they are written.
   */
  readonly ownsChunks?: boolean;
}

/**
 * The receiving end of upload sessions, for a driver whose sessions point at our own api (disk). With a cloud
 * driver the bytes never pass through us, and there is none.
 */
export interface UploadReceiver {
  /**
   * Appends `body` at `offset`, which must be how far the session got, and resolves with how far it is then.
   * Offset 0 starts over, dropping what was there: a client that sends the whole body again means it.
   * When `sizeBytes` is reached the object is finished, and durable. A body that breaks off, or whose `signal`
   * aborts, keeps what came and resolves likewise.
   *
   * One writer at a time: a new one ends the one before and goes on where that got. The body is left as it is
   * on rejection, so that the client can be answered; an aborted one is destroyed.
   *
   * Rejects, keeping nothing of this call unless all was there by then, with `size_mismatch` when the body would
   * overrun, `storage_full`, `upload_finished` when the object is complete, `upload_not_found` when the session was
   * cancelled, and `upload_offset_mismatch` when the offset is not where the session stands.
   */
  receive(request: ReceiveRequest, body: Readable, signal: AbortSignal): Promise<UploadSessionStatus>;
  /** How far a session got. Ends a writer, if there is one: a client that asks has stopped sending. */
  status(key: string, sizeBytes: number): Promise<UploadSessionStatus>;
  /** True when `query` holds a signature of ours for this upload that has not expired. Constant time. */
  verifyUrl(uploadId: string, query: Readonly<Record<string, unknown>>): boolean;
}

/** For stores that show sessions which were begun and not finished; elsewhere they expire by themselves. */
export interface UnfinishedUploads {
  /** In the order of the keys that they would become; `sizeBytes` is how much of each is there. */
  list(options: ListOptions): Promise<ListPage>;
}
