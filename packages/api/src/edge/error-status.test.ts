import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errors } from '@instashare/backend/errors';
import { ERROR_CODES } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { ERROR_STATUS } from './error-status.ts';

test('docs/errors.md lists every code, with its status and what it means', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../../docs/errors.md'), 'utf8');
  const documented = Array.from(page.matchAll(/^\| `(\w+)` \| (\d+) \| (.+) \|$/gm), ([, ...cells]) => cells);
  const status = (code: string) =>
    String(Object.entries(ERROR_STATUS).find(([one]) => one === code)?.[1].status);
  expect(documented).toEqual(
    Object.entries(ERROR_CODES).map(([code, meaning]) => [code, status(code), meaning]),
  );
});

test('whatever is answered with 429 or 503 says when to come again', () => {
  const made = [
    errors.rateLimited(3),
    errors.tooManyStreams(5),
    errors.contentUnavailable(null),
    errors.unavailable('The database', null),
    errors.stopping(),
  ];
  expect(made.filter(({ retryAfterSeconds = 0 }) => retryAfterSeconds < 1)).toEqual([]);
  const isLater = ([, { status }]: readonly [string, { readonly status: number }]) =>
    status === 429 || status === 503;
  const codes = Object.entries(ERROR_STATUS)
    .filter(isLater)
    .map(([code]) => code);
  expect(new Set(made.map(({ code }) => code))).toEqual(new Set(codes));
});

/** What clients decide by. A code is added here as well when it is added; none is ever renamed, removed or given another status. */
const PROMISED = {
  invalid_input: 400,
  unauthenticated: 401,
  access_token_expired: 401,
  session_ended: 401,
  insufficient_scope: 403,
  wrong_origin: 403,
  invalid_credentials: 401,
  limit_reached: 409,
  session_not_found: 404,
  share_not_found: 404,
  share_locked: 401,
  token_not_found: 404,
  email_taken: 409,
  registration_closed: 403,
  webhook_not_found: 404,
  webhook_disabled: 409,
  not_found: 404,
  file_not_found: 404,
  folder_not_found: 404,
  version_not_found: 404,
  version_mismatch: 412,
  path_taken: 409,
  idempotency_key_reused: 422,
  request_in_progress: 409,
  cursor_expired: 410,
  upload_not_found: 404,
  content_unknown: 404,
  upload_expired: 410,
  upload_finished: 409,
  upload_incomplete: 409,
  upload_offset_mismatch: 409,
  checksum_missing: 400,
  checksum_mismatch: 422,
  size_mismatch: 422,
  quota_exceeded: 413,
  payload_too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  request_aborted: 400,
  request_timeout: 408,
  headers_too_large: 431,
  too_many_streams: 429,
  rate_limited: 429,
  content_failed: 409,
  content_unavailable: 503,
  storage_full: 507,
  unavailable: 503,
  internal_error: 500,
};

test('codes and their statuses are as they were promised', () => {
  const statuses = Object.entries(ERROR_STATUS).map(([code, { status }]) => [code, status] as const);
  expect(Object.fromEntries(statuses)).toEqual(PROMISED);
});
