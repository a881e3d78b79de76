import type { UploadRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { UploadIdInput, UploadResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { keepOpen } from './keep-open.ts';
import { type OpenUpload, requireOpen } from './require-open.ts';
import { toUploadSession } from './to-upload-session.ts';

type Used = Pick<Dependencies, 'config' | 'database' | 'now' | 'objects' | 'uploadReceiver'>;

/** The same session again with an address that works: for a client that lost it. What was sent counts. */
export async function getUpload(deps: Used, userId: string, input: UploadIdInput): Promise<UploadResult> {
  const found = await deps.database.repositories.uploads.find(userId, input.id);
  return renewUpload(deps, requireOpen(found, deps.now()));
}

/** The same for one that was found to be open. */
export async function renewUpload(deps: Used, found: OpenUpload): Promise<UploadResult> {
  const { config, now, objects, uploadReceiver } = deps;
  // Bytes that do not come through us are not seen to come.
  const upload = uploadReceiver === null ? { ...found, expiresAt: await keepOpen(deps, found) } : found;
  const request = {
    uploadId: upload.id,
    key: upload.objectKey,
    sizeBytes: upload.sizeBytes,
    contentType: upload.contentType,
    // The address outlives the upload as it stands, which sending keeps open.
    expiresAt: new Date(now().getTime() + config.uploadExpiresSeconds * 1000),
  };
  const opened = await objects.renewUploadSession(request, upload.session);
  if (opened.session !== upload.session) await replaceSession(deps, upload, opened.session);
  return { upload: toUploadSession({ ...request, expiresAt: upload.expiresAt }, opened) };
}

/** The store had dropped the old session. Two who ask at once may each get one: the later one is the one kept. */
async function replaceSession(
  { database }: Pick<Dependencies, 'database'>,
  { id }: UploadRow,
  session: string,
): Promise<void> {
  if (!(await database.repositories.uploads.setSession(id, session))) throw errors.uploadNotFound();
}
