import type { UploadRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';

export type OpenUpload = UploadRow & { readonly session: string };

/** The upload, when it can still go on. Throws `upload_not_found`, `upload_finished` or `upload_expired`. */
export function requireOpen(upload: UploadRow | null, now: Date): OpenUpload {
  if (upload === null) throw errors.uploadNotFound();
  if (upload.state === 'completed') throw errors.uploadFinished('completed');
  if (upload.state === 'ended') throw errors.uploadFinished('cancelled');
  if (upload.expiresAt <= now) throw errors.uploadExpired();
  const { session } = upload;
  // Its creation was cut off right after the row, or its bytes come by another way.
  if (session === null) throw errors.uploadNotFound();
  return { ...upload, session };
}
