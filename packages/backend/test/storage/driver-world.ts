import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { StorageError } from '@instashare/backend/errors';
import type {
  ObjectStore,
  OpenedUploadSession,
  UploadSessionRequest,
  UploadSessionStatus,
} from '@instashare/backend/storage';
import { expect } from 'vitest';

/** A driver under test, on a store with nothing in it. */
export interface DriverWorld extends AsyncDisposable {
  readonly store: ObjectStore;
  /** Sends bytes to a session as a client would, by the resumable protocol. */
  send(upload: OpenUpload, bytes: Body): Promise<UploadSessionStatus>;
  /** Chunks of a session but the last must be a multiple of this. */
  readonly granularityBytes: number;
  /** Makes all open sessions and all signed addresses too old, so that they are refused; null where nothing can. */
  readonly expire: (() => void) | null;
  /** GETs a signed address. */
  readSigned(url: string, range?: string): Promise<ReadBack>;
  /** How many reads hold something (a file, a connection) now; null where it can't be seen. */
  readonly openReads: (() => Promise<number>) | null;
}

export interface ReadBack {
  readonly status: number;
  readonly bytes: Buffer;
}

export interface OpenUpload {
  readonly request: UploadSessionRequest;
  readonly opened: OpenedUploadSession;
}

export interface Body {
  readonly offset: number;
  readonly bytes: Buffer;
  /** The connection breaks after so many of the bytes. */
  readonly breaksAfter?: number;
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
export const newKey = () => `${randomUUID()}/${randomUUID()}`;
export const failsWith = (reason: string): unknown =>
  expect.toSatisfy((error: unknown) => error instanceof StorageError && error.reason === reason);

/** Gives `bytes` in uneven pieces and then fails, when it is told to. */
export function bodyOf(bytes: Buffer, breaksAfter = Number.POSITIVE_INFINITY): Readable {
  const whole = bytes.subarray(0, breaksAfter);
  return Readable.from(
    (function* () {
      for (let at = 0, step = 1000; at < whole.length; at += step, step = step * 3 + 1) {
        yield whole.subarray(at, at + step);
      }
      if (breaksAfter !== Number.POSITIVE_INFINITY) throw new Error('the connection broke');
    })(),
    { objectMode: false },
  );
}

export const statusOf = (store: ObjectStore, { request, opened }: OpenUpload) =>
  store.uploadSessionStatus(request.key, opened.session);

/** Renewed as the api does when a client asks for the session again. */
export async function renew(store: ObjectStore, { request, opened }: OpenUpload): Promise<OpenUpload> {
  const later = { ...request, expiresAt: new Date(request.expiresAt.getTime() + 120_000) };
  return { request: later, opened: await store.renewUploadSession(later, opened.session) };
}

export async function openUpload(store: ObjectStore, sizeBytes: number): Promise<OpenUpload> {
  const request = {
    uploadId: randomUUID(),
    key: newKey(),
    sizeBytes,
    contentType: 'text/plain',
    expiresAt: new Date(Date.now() + 60_000),
  };
  return { request, opened: await store.createUploadSession(request) };
}
