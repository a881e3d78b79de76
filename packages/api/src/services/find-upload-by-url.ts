import { errors } from '@instashare/backend/errors';
import type { Dependencies } from './dependencies.ts';
import { type OpenUpload, requireOpen } from './require-open.ts';

/**
 * The upload that a request with a session's signed address is about. Throws `upload_not_found` for an
 * address that is not ours, so that guessing tells nothing.
 */
export async function findUploadByUrl(
  deps: Pick<Dependencies, 'database' | 'now' | 'uploadReceiver'>,
  uploadId: string,
  query: Readonly<Record<string, unknown>>,
): Promise<OpenUpload> {
  const { database, now, uploadReceiver } = deps;
  if (uploadReceiver === null || !uploadReceiver.verifyUrl(uploadId, query)) throw errors.uploadNotFound();
  return requireOpen(await database.repositories.uploads.findById(uploadId), now());
}
