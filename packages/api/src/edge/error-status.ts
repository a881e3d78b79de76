import type { ErrorCode } from '@instashare/contracts';
import type { TRPCError } from '@trpc/server';

/** What an error code is on the two protocols: the HTTP status, and the nearest code tRPC has. */
export const ERROR_STATUS = {
  invalid_input: { status: 400, trpc: 'BAD_REQUEST' },
  unauthenticated: { status: 401, trpc: 'UNAUTHORIZED' },
  access_token_expired: { status: 401, trpc: 'UNAUTHORIZED' },
  session_ended: { status: 401, trpc: 'UNAUTHORIZED' },
  invalid_credentials: { status: 401, trpc: 'UNAUTHORIZED' },
  email_taken: { status: 409, trpc: 'CONFLICT' },
  not_found: { status: 404, trpc: 'NOT_FOUND' },
  file_not_found: { status: 404, trpc: 'NOT_FOUND' },
  upload_not_found: { status: 404, trpc: 'NOT_FOUND' },
  upload_expired: { status: 410, trpc: 'NOT_FOUND' },
  upload_finished: { status: 409, trpc: 'CONFLICT' },
  upload_incomplete: { status: 409, trpc: 'CONFLICT' },
  upload_offset_mismatch: { status: 409, trpc: 'CONFLICT' },
  checksum_missing: { status: 400, trpc: 'BAD_REQUEST' },
  checksum_mismatch: { status: 422, trpc: 'UNPROCESSABLE_CONTENT' },
  size_mismatch: { status: 422, trpc: 'UNPROCESSABLE_CONTENT' },
  quota_exceeded: { status: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  payload_too_large: { status: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  unsupported_media_type: { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE' },
  range_not_satisfiable: { status: 416, trpc: 'BAD_REQUEST' },
  request_aborted: { status: 400, trpc: 'CLIENT_CLOSED_REQUEST' },
  rate_limited: { status: 429, trpc: 'TOO_MANY_REQUESTS' },
  content_failed: { status: 409, trpc: 'CONFLICT' },
  content_unavailable: { status: 503, trpc: 'SERVICE_UNAVAILABLE' },
  storage_full: { status: 507, trpc: 'SERVICE_UNAVAILABLE' },
  unavailable: { status: 503, trpc: 'SERVICE_UNAVAILABLE' },
  internal_error: { status: 500, trpc: 'INTERNAL_SERVER_ERROR' },
} as const satisfies Record<ErrorCode, { readonly status: number; readonly trpc: TRPCError['code'] }>;
