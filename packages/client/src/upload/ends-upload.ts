import { isInstashareError } from '../errors/instashare-error.ts';

/**
 * True when an upload that failed so can't be gone on with: the content is another, the server takes no such
 * file, has no room for it, or no longer has the session. After anything else (a lost line, an ended log-in, a
 * disk that can't be read) what was sent is worth keeping.
 */
export function endsUpload(error: unknown): boolean {
  return isInstashareError(
    error,
    'source_changed',
    'checksum_mismatch',
    'size_mismatch',
    'quota_exceeded',
    'storage_full',
    'invalid_input',
    'payload_too_large',
    'upload_not_found',
    'upload_expired',
    'upload_finished',
  );
}
