import type { Readable } from 'node:stream';
import type { Repositories } from '@instashare/backend/database';
import { errors, isStorageError } from '@instashare/backend/errors';
import { type LinkedVersion, linkingTransaction, linkVersions } from '@instashare/backend/versions';
import { filePathProblem, joinPath, MAX_FILE_BYTES, type UploadFilesResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { type ExpectedVersion, expectedVersion } from './expected-version.ts';
import { guessContentType } from './guess-content-type.ts';
import { toFileDto } from './to-file-dto.ts';

type Used = Pick<
  Dependencies,
  'compressions' | 'config' | 'database' | 'log' | 'newId' | 'now' | 'objects' | 'seenObjects' | 'uploadMeter'
>;

export interface IncomingFile {
  /** Path below the folder that `finish` is given. */
  readonly name: string;
  readonly contentType: string | undefined;
  readonly body: Readable;
}

interface ReceivedFile {
  readonly uploadId: string;
  readonly key: string;
  readonly name: string;
  readonly contentType: string | undefined;
  readonly sizeBytes: number;
  readonly sha256: string;
}

interface PlacedFile extends ReceivedFile {
  readonly path: string;
  /** The version that the file must be at; 0: none; null: any. */
  readonly ifVersion: number | null;
}

/**
 * Files that come one after the other through the api itself (`POST /upload_files`). Their bytes go to the
 * store as they come; nothing of them is seen until `finish` books all of them in one transaction. Disposed
 * of before that, all are let go of.
 */
export interface FileReception extends AsyncDisposable {
  /** Consumes `file.body`. Rejects with `quota_exceeded` or `invalid_input`. */
  add(file: IncomingFile, signal: AbortSignal): Promise<void>;
  /** Rejects with `version_mismatch` where a file is not what `expected` says; then none is booked. */
  finish(folder: string, expected?: readonly ExpectedVersion[]): Promise<UploadFilesResult>;
}

export function receiveFiles(deps: Used, userId: string): FileReception {
  const { database, now } = deps;
  const received: ReceivedFile[] = [];
  const openUploads = new Map<string, string>();

  return {
    async add(file, signal) {
      requireFilePath(file.name);
      const uploadId = deps.newId();
      const key = `${userId}/${uploadId}`;
      openUploads.set(uploadId, key);
      await insertUpload(deps, { uploadId, key, userId, file });
      const stat = await putWithinQuota(deps, { userId, key, body: file.body, signal });
      await reserve(deps, { uploadId, userId, sizeBytes: stat.sizeBytes });
      const { name, contentType } = file;
      received.push({ uploadId, key, name, contentType, sizeBytes: stat.sizeBytes, sha256: stat.sha256 });
    },

    async finish(folder, expected) {
      const files: PlacedFile[] = [];
      for (const file of received) {
        const path = joinPath(folder, file.name);
        requireFilePath(path);
        const ifVersion = await expectedVersion(deps, userId, { path, sha256: file.sha256, expected });
        files.push({ ...file, path, ifVersion });
      }
      const linked = await linkingTransaction(deps, (repositories) =>
        bookAll(deps, repositories, { userId, files }),
      );
      openUploads.clear();
      const newBlobs = linked.flatMap(({ newBlob }) => newBlob ?? []);
      for (const newBlob of newBlobs) deps.compressions.add(newBlob);
      deps.uploadMeter?.stored('form', linked.length, newBlobs);
      const booked = await database.repositories.files.findMany(
        userId,
        linked.map(({ fileId }) => fileId),
      );
      return { files: booked.map(toFileDto) };
    },

    async [Symbol.asyncDispose]() {
      if (openUploads.size === 0) return;
      await database.transaction(async ({ objectDeletions, uploads }) => {
        for (const [uploadId, key] of openUploads) {
          // An upload that the sweep has removed meanwhile leaves its bytes to us.
          if (!(await uploads.end(uploadId, now()))) await objectDeletions.schedule([key], now());
        }
      });
    },
  };
}

function requireFilePath(path: string): void {
  const problem = filePathProblem(path);
  if (problem !== null) throw errors.invalidField('file', `file name "${path.slice(0, 80)}" ${problem}`);
}

/**
 * Nobody knows how long the body is: it is cut off where the room ends that the account has now, rather than
 * refused when all of it lies in the store. `reserve` has the last word.
 */
async function putWithinQuota(
  { database, objects }: Used,
  file: { userId: string; key: string; body: Readable; signal: AbortSignal },
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const { quotaBytes = null, usedBytes = 0 } = (await database.repositories.users.find(file.userId)) ?? {};
  const roomBytes = quotaBytes === null ? MAX_FILE_BYTES : Math.max(0, quotaBytes - usedBytes);
  const maxBytes = Math.min(roomBytes, MAX_FILE_BYTES);
  try {
    const { sizeBytes, sha256 } = await objects.put(file.key, file.body, { signal: file.signal, maxBytes });
    if (sha256 === null) throw new Error('a store hashes what it is given by put');
    return { sizeBytes, sha256 };
  } catch (error) {
    if (isStorageError(error, 'object_too_large')) throw errors.quotaExceeded(maxBytes + 1);
    throw error;
  }
}

/** The row comes first, so that a crash leaves no bytes that nobody knows of. */
async function insertUpload(
  { config, database, now }: Used,
  upload: { uploadId: string; key: string; userId: string; file: IncomingFile },
): Promise<void> {
  await database.repositories.uploads.insert({
    id: upload.uploadId,
    userId: upload.userId,
    path: upload.file.name,
    sizeBytes: 0,
    sha256: null,
    contentType: guessContentType(upload.file.name, upload.file.contentType),
    modifiedAt: null,
    objectKey: upload.key,
    session: null,
    reservedBytes: 0,
    expiresAt: new Date(now().getTime() + config.uploadExpiresSeconds * 1000),
  });
}

async function reserve(
  { database }: Used,
  upload: { uploadId: string; userId: string; sizeBytes: number },
): Promise<void> {
  await database.transaction(
    async ({ uploads, users }) => {
      // The row may have expired and been swept while the bytes came: then nobody would know of them.
      if (!(await uploads.setReserved(upload.uploadId, upload.sizeBytes))) throw errors.uploadExpired();
      if (!(await users.reserve(upload.userId, upload.sizeBytes)))
        throw errors.quotaExceeded(upload.sizeBytes);
    },
    // The end of the reception books it for good; until then nothing was promised.
    { durable: false },
  );
}

async function bookAll(
  deps: Used,
  repositories: Repositories,
  { userId, files }: { readonly userId: string; readonly files: readonly PlacedFile[] },
): Promise<LinkedVersion[]> {
  const contents = files.map(({ path, contentType, sha256, sizeBytes, key, ifVersion }) => ({
    path,
    contentType: guessContentType(path, contentType),
    modifiedAt: null,
    sha256,
    sizeBytes,
    object: { key, offset: null, verified: true },
    ifVersion,
  }));
  for (const { uploadId } of files) {
    const upload = await repositories.uploads.lock(userId, uploadId);
    if (upload?.state !== 'pending') throw errors.uploadExpired();
  }
  const versions = await linkVersions(deps, repositories, { userId, contents });
  const linked: LinkedVersion[] = [];
  let releasedBytes = 0;
  for (const [index, file] of files.entries()) {
    const version = versions[index];
    if (!version) throw new Error('an object was given, so there is content to link');
    await repositories.uploads.markCompleted(file.uploadId, { fileId: version.fileId, sha256: file.sha256 });
    if (version.newBlob === null) releasedBytes += file.sizeBytes;
    linked.push(version);
  }
  const changes = linked.flatMap(({ change }) => (change === null ? [] : [change]));
  await repositories.changes.record(userId, changes, -releasedBytes);
  return linked;
}
