import type { UploadRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';

/** The upload, when it can still go on. Throws `upload_not_found`, `upload_finished` or `upload_expired`. */
export function requireOpen(upload: UploadRow | null, now: Date): UploadRow {
  if (upload === null) throw errors.uploadNotFound();
  if (upload.state === 'completed') throw errors.uploadFinished('completed');
  if (upload.state === 'ended') throw errors.uploadFinished('cancelled');
  if (upload.expiresAt <= now) throw errors.uploadExpired();
  return upload;
}
