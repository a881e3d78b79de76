import { z } from 'zod';

/**
 * Every code an answer can carry, with what it means. Codes are part of the API: they are added, never
 * renamed. The table from code to HTTP status and tRPC code stands at the api's edge.
 */
export const ERROR_CODES = {
  invalid_input: 'A field of the request is missing or malformed; `issues` names it.',
  unauthenticated:
    'No access token, or one that is malformed, forged, or of a user that is gone; or a personal access token that has expired or was revoked.',
  access_token_expired: 'The access token has expired: refresh it.',
  session_ended: 'The session was logged out, revoked or has expired: log in again.',
  insufficient_scope:
    'The personal access token lacks the scope that this needs, or this needs a log-in rather than a token.',
  wrong_origin:
    'The form was not sent by a page of this server, as far as the browser tells; or `PUBLIC_URL` is not its address.',
  invalid_credentials: 'The address or the password is wrong.',
  limit_reached: 'The account has as many of these as it may have: remove some.',
  session_not_found: 'No such session, or not for this user; or it has ended.',
  share_not_found: 'No such share link, or not for this user; or it has expired, is used up or was revoked.',
  share_locked: 'The share link asks for its password first.',
  token_not_found: 'No such personal access token, or not for this user.',
  registration_closed: 'On this server accounts are made by who runs it: ask them for one.',
  email_taken: 'An account with this address exists.',
  webhook_not_found: 'No such webhook, or no such delivery of it, or not for this user.',
  webhook_disabled: 'The webhook is disabled: put it in use again first.',
  not_found: 'There is nothing at this address, or not for this user.',
  file_not_found: 'No such file, or not for this user.',
  folder_not_found: 'No files lie in this folder, or not for this user.',
  version_not_found: 'The file has no such version, or no longer.',
  version_mismatch: 'The file is not at the version that the request expects.',
  path_taken: 'Another file has this path; `suggestedPath` is one that was free.',
  idempotency_key_reused:
    'Another request came with this `Idempotency-Key` before: use a key of its own for each request.',
  request_in_progress:
    'The request with this `Idempotency-Key` is still under way: ask again for its answer.',
  cursor_expired:
    'The changes since this cursor are not all kept any more: list the files, then go on from now.',
  upload_not_found: 'No such upload session, or not for this user.',
  upload_expired: 'The upload session has expired: create a new one.',
  upload_finished: 'The upload session has received all its bytes, or was completed or cancelled.',
  upload_incomplete: 'The upload session has not received all its bytes yet.',
  upload_offset_mismatch: 'The bytes sent do not follow the bytes kept: ask how far the session got.',
  checksum_missing: 'The sha256 was given neither at creation nor at completion.',
  checksum_mismatch: 'The bytes received do not have the declared sha256.',
  size_mismatch: 'The bytes received are more or fewer than declared.',
  content_unknown: 'The account has no content with this sha256: send it.',
  quota_exceeded: 'The account has no room for this.',
  payload_too_large: 'The request body is larger than this route takes.',
  unsupported_media_type: 'This route does not take a body of this content type.',
  range_not_satisfiable: 'The range lies outside the content.',
  request_aborted: 'The request ended before its body was complete.',
  request_timeout: 'The request took too long to arrive: send it again.',
  headers_too_large: 'The headers of the request are larger than 16 KiB.',
  too_many_streams: 'The account follows its events in as many places as it may at once: end some.',
  rate_limited: 'Too many attempts: wait and try again.',
  content_failed:
    'The content of this file was found damaged, is lost, or could not be processed, as the message says: upload it again.',
  content_unavailable: 'The content of this file can not be read right now.',
  storage_full: 'The object store has no room left.',
  unavailable: 'A service that is needed does not answer right now: try again.',
  internal_error: 'A fault on our side; it was logged with the request id.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERROR_CODES;

// Object.keys loses the key type; the object above is const, so the keys are exactly these.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
const errorCodes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

export const errorCodeSchema = z.enum(errorCodes);

/** One fault of the input: where it is, as a path of keys and indices, and what is wrong. */
export const issueSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])).meta({ example: ['path'] }),
  message: z.string(),
});
export type Issue = z.infer<typeof issueSchema>;

/** The body of every answer that is not a success. */
export const errorBodySchema = z
  .object({
    code: errorCodeSchema,
    message: z.string().meta({ description: 'What is wrong and what to do, for a person.' }),
    issues: z.array(issueSchema).optional(),
    suggestedPath: z.string().optional().meta({ description: 'With `path_taken`: a path that was free.' }),
  })
  .meta({ id: 'Error', example: { code: 'file_not_found', message: 'There is no such file' } });
export type ErrorBody = z.infer<typeof errorBodySchema>;
