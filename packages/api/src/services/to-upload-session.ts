import type { OpenedUploadSession } from '@instashare/backend/storage';
import { CHUNK_GRANULARITY_BYTES, type UploadSession } from '@instashare/contracts';

export function toUploadSession(
  upload: { readonly uploadId: string; readonly expiresAt: Date },
  opened: OpenedUploadSession,
): UploadSession {
  return {
    id: upload.uploadId,
    url: opened.url,
    method: 'PUT',
    headers: { ...opened.headers },
    chunkGranularityBytes: CHUNK_GRANULARITY_BYTES,
    expiresAt: upload.expiresAt.toISOString(),
    ...(opened.comparesCrc32c === undefined ? {} : { comparesCrc32c: opened.comparesCrc32c }),
  };
}
