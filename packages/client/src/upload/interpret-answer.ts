import { errorFromAnswer } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import type { TransportResponse } from './transport.ts';

/** What the answer to a PUT of the resumable protocol means for the sender. */
export type PutOutcome =
  | { readonly kind: 'finished' }
  /** The store has the bytes before `offset`; go on there. */
  | { readonly kind: 'kept'; readonly offset: number }
  /** Where the session stands is unknown: wait, then ask. */
  | { readonly kind: 'ask'; readonly error: InstashareError }
  /** Something on the way takes only smaller bodies. */
  | { readonly kind: 'too-large'; readonly error: InstashareError }
  /** The address is not good any more: the session may have another, or be gone. */
  | { readonly kind: 'address-refused'; readonly error: InstashareError }
  | { readonly kind: 'failed'; readonly error: InstashareError };

/** 308 without a Range header means that nothing was kept, not that nothing is known. */
function keptBytes(range: string | null, sizeBytes: number): number | null {
  if (range === null) return 0;
  const match = /^bytes=0-(\d+)$/.exec(range.trim());
  if (match === null) return null;
  const kept = Number(match[1]) + 1;
  return kept <= sizeBytes ? kept : null;
}

/**
 * Reads an answer by the rules of Google Cloud Storage's resumable upload; errors of our own server are told
 * apart by their code.
 */
export function interpretAnswer(response: TransportResponse, sizeBytes: number): PutOutcome {
  const { status } = response;
  if (status === 200 || status === 201) return { kind: 'finished' };
  if (status === 308) {
    const offset = keptBytes(response.header('range'), sizeBytes);
    if (offset !== null) return { kind: 'kept', offset };
    const message = `The store answered with a range that makes no sense: ${response.header('range')}`;
    return { kind: 'failed', error: new InstashareError('bad_response', message, { status }) };
  }
  const answer = { status, body: response.body, retryAfter: response.header('retry-after') };
  const error = errorFromAnswer(answer, 'The store');
  switch (error.code) {
    // Both are cleared up by asking: the answer is how far the session got, or that it is finished.
    case 'upload_offset_mismatch':
    case 'upload_finished':
      return { kind: 'ask', error };
    case 'storage_full':
    case 'quota_exceeded':
    case 'checksum_mismatch':
    case 'size_mismatch':
      return { kind: 'failed', error };
    default:
      return byStatus(status, error);
  }
}

function byStatus(status: number, error: InstashareError): PutOutcome {
  if (status === 413) return { kind: 'too-large', error };
  // 499: Google's word for a session that was cancelled.
  if ([401, 403, 404, 410, 499].includes(status)) return { kind: 'address-refused', error };
  if (status === 408 || status === 429 || status >= 500) return { kind: 'ask', error };
  return { kind: 'failed', error };
}
