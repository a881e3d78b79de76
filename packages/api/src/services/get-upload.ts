import type { UploadIdInput, UploadResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { keepOpen } from './keep-open.ts';
import { toUploadSession } from './to-upload-session.ts';

/** The same session again with an address that works: for a client that lost it. What was sent counts. */
export async function getUpload(
  deps: Pick<Dependencies, 'config' | 'database' | 'now' | 'objects'>,
  userId: string,
  input: UploadIdInput,
): Promise<UploadResult> {
  const upload = await keepOpen(deps, await deps.database.repositories.uploads.find(userId, input.id));
  const request = {
    uploadId: upload.id,
    key: upload.objectKey,
    sizeBytes: upload.sizeBytes,
    contentType: upload.contentType,
    expiresAt: upload.expiresAt,
  };
  const opened = await deps.objects.renewUploadSession(request, upload.session ?? '');
  return { upload: toUploadSession(request, opened) };
}
