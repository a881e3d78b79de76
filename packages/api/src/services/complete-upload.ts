import type { UploadRow } from '@instashare/backend/database';
import { type AppError, errors, isStorageError } from '@instashare/backend/errors';
import type { ObjectStat } from '@instashare/backend/storage';
import { bookUpload } from '@instashare/backend/versions';
import type { CompleteUploadInput, CompleteUploadResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { type ExpectedVersion, expectedVersion } from './expected-version.ts';
import { findFile } from './get-file.ts';
import { requireOpen } from './require-open.ts';
import { toFileDto } from './to-file-dto.ts';

type Input = CompleteUploadInput & { readonly expected?: readonly ExpectedVersion[] | undefined };
type Used = Pick<
  Dependencies,
  'compressions' | 'database' | 'log' | 'newId' | 'now' | 'objects' | 'seenObjects' | 'uploadMeter'
>;

/**
 * Turns a finished upload session into the current version of its file. Asked twice, or by two at once, it
 * answers the same. Rejects with `checksum_missing`, `checksum_mismatch`, `size_mismatch` (these two end the
 * session when the bytes themselves are wrong), `version_mismatch` (the session stays), `upload_incomplete`, `upload_expired`, `upload_finished` (of a
 * cancelled one) or `upload_not_found`.
 */
export async function completeUpload(
  deps: Used,
  userId: string,
  input: Input,
): Promise<CompleteUploadResult> {
  const upload = await deps.database.repositories.uploads.find(userId, input.id);
  if (upload === null) throw errors.uploadNotFound();
  if (upload.state === 'completed') return answer(deps, upload, input);
  if (upload.state === 'ended') throw errors.uploadFinished('cancelled');

  const sha256 = declaredSha256(upload, input);
  const stat = (await deps.objects.stat(upload.objectKey)) ?? (await finishIfWhole(deps, upload));
  await requireMatch(deps, upload, { sha256, crc32c: input.crc32c, stat });

  const { path } = upload;
  const given = await expectedVersion(deps, userId, {
    path,
    sha256,
    ifVersion: input.ifVersion,
    expected: input.expected,
  });
  const booked = await bookUpload(deps, upload, { sha256, verified: stat.sha256 !== null, ifVersion: given });
  if (booked === null) return completeUpload(deps, userId, input);
  if (booked.newBlob !== null) deps.compressions.add(booked.newBlob);
  deps.uploadMeter?.stored('session', 1, booked.newBlob === null ? [] : [booked.newBlob]);
  return { file: toFileDto(booked.file) };
}

/** What completing answered before: the file as it is now. It is not that of who has sent something else. */
async function answer(deps: Used, upload: UploadRow, { sha256 }: Input): Promise<CompleteUploadResult> {
  if (upload.fileId === null) throw errors.uploadFinished('cancelled');
  if (sha256 !== undefined && upload.sha256 !== null && sha256 !== upload.sha256) {
    throw errors.checksumMismatch(sha256, upload.sha256);
  }
  return { file: toFileDto(await findFile(deps, upload.userId, upload.fileId)) };
}

function declaredSha256(upload: UploadRow, input: CompleteUploadInput): string {
  const sha256 = input.sha256 ?? upload.sha256;
  if (sha256 === null) throw errors.checksumMissing();
  if (upload.sha256 !== null && upload.sha256 !== sha256) {
    throw errors.invalidField('sha256', `sha256 is not the one given at creation, ${upload.sha256}`);
  }
  return sha256;
}

/**
 * There is no object yet. Asking the session finishes one that has all its bytes (an empty one has them from
 * the start, and a crash may have come right before the end). Throws when some are missing.
 */
async function finishIfWhole({ objects, now }: Used, upload: UploadRow): Promise<ObjectStat> {
  requireOpen(upload, now());
  const status = await objects
    .uploadSessionStatus(upload.objectKey, upload.session ?? '')
    .catch((error: unknown) => {
      // It was cancelled at this moment.
      throw isStorageError(error, 'object_missing') ? errors.uploadNotFound() : error;
    });
  if (status.state === 'open') throw errors.uploadIncomplete(status.receivedBytes, upload.sizeBytes);
  const stat = await objects.stat(upload.objectKey);
  if (stat === null) throw errors.uploadNotFound();
  return stat;
}

interface Declared {
  readonly sha256: string;
  readonly crc32c: string | undefined;
}

function mismatchOf(
  { sizeBytes }: UploadRow,
  { sha256, crc32c, stat }: Declared & { readonly stat: ObjectStat },
): AppError | null {
  if (stat.sizeBytes !== sizeBytes) return errors.sizeMismatch(sizeBytes, `${stat.sizeBytes} arrived`);
  if (stat.sha256 !== null && stat.sha256 !== sha256) return errors.checksumMismatch(sha256, stat.sha256);
  // A store that did not hash the bytes itself may still tell that they are not those the client read.
  if (crc32c === undefined || stat.crc32c === undefined || stat.crc32c === crc32c) return null;
  return errors.crc32cMismatch(crc32c, stat.crc32c);
}

/** Ends the upload and throws when the bytes in the store are not those that were declared. */
async function requireMatch(
  { database, now }: Used,
  upload: UploadRow,
  declared: Declared & { readonly stat: ObjectStat },
): Promise<void> {
  const mismatch = mismatchOf(upload, declared);
  if (mismatch === null) return;
  await database.repositories.uploads.end(upload.id, now());
  throw mismatch;
}
