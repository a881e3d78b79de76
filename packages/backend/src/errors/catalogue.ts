import type { Issue, Scope } from '@instashare/contracts';
import { AppError } from './app-error.ts';

export const invalidInput = (message: string, issues: readonly Issue[]) =>
  new AppError('invalid_input', message, { issues });

export const invalidField = (field: string, message: string) =>
  invalidInput(message, [{ path: [field], message }]);

export const unauthenticated = (
  message = 'Log in first: send an access token as "Authorization: Bearer …"',
) => new AppError('unauthenticated', message);

export const accessTokenExpired = () =>
  new AppError('access_token_expired', 'The access token has expired: refresh it and try again');

export const sessionEnded = () => new AppError('session_ended', 'This session has ended: log in again');

export const insufficientScope = (scope: Scope) =>
  new AppError('insufficient_scope', `This needs a token with the scope "${scope}"`);

export const logInRequired = () =>
  new AppError(
    'insufficient_scope',
    'Account matters need a log-in: a personal access token is not enough, whatever its scopes',
  );

export const tokenRefused = () =>
  new AppError('unauthenticated', 'This personal access token is unknown, has expired or was revoked');

export const wrongOrigin = (publicUrl: string) =>
  new AppError(
    'wrong_origin',
    `This form was not sent by a page of this server at ${publicUrl}, which is its address by PUBLIC_URL: open ${publicUrl}/admin`,
  );

export const invalidCredentials = () =>
  new AppError('invalid_credentials', 'The e-mail address or the password is wrong');

export const wrongPassword = (field: string) =>
  new AppError('invalid_credentials', 'The password is wrong', {
    issues: [{ path: [field], message: 'is wrong' }],
  });

export const limitReached = (what: string, limit: number) =>
  new AppError('limit_reached', `The account has ${limit} ${what}, and may have no more: remove some`);

export const sessionNotFound = () =>
  new AppError('session_not_found', 'There is no such session, or it has ended');

export const shareNotFound = () =>
  new AppError('share_not_found', 'This link is not valid, or no longer: ask for a new one');

export const shareLocked = () => new AppError('share_locked', 'This link asks for its password first');

export const tokenNotFound = () => new AppError('token_not_found', 'There is no such token');

export const webhookNotFound = () =>
  new AppError('webhook_not_found', 'There is no such webhook, or delivery');

export const webhookDisabled = () =>
  new AppError('webhook_disabled', 'This webhook is disabled: put it in use again first');

export const registrationClosed = () =>
  new AppError('registration_closed', 'On this server accounts are made by who runs it: ask them for one');

export const emailTaken = () =>
  new AppError('email_taken', 'An account with this e-mail address exists: log in instead', {
    issues: [{ path: ['email'], message: 'is taken' }],
  });

export const notFound = () =>
  new AppError('not_found', 'There is nothing at this address: see /openapi.json for what there is');

export const fileNotFound = () => new AppError('file_not_found', 'There is no such file');

export const folderNotFound = (path: string) =>
  new AppError('folder_not_found', `There are no files in the folder "${path}"`);

export const versionNotFound = (number: number) =>
  new AppError('version_not_found', `The file has no version ${number}, or no longer: list its versions`);

export const versionMismatch = (path: string, currentNumber: number) =>
  new AppError(
    'version_mismatch',
    currentNumber === 0
      ? `There is no file at "${path}" now`
      : `"${path}" is at version ${currentNumber} now: look at it, then decide`,
  );

export const contentChanged = () => new AppError('version_mismatch', 'The file has another content now');

export const movedAway = (path: string, currentPath: string) =>
  new AppError(
    'version_mismatch',
    `The file is not at "${path}" any more but at "${currentPath}": look at it, then decide`,
  );

export const pathTaken = (path: string, suggestedPath: string | null = null) =>
  new AppError(
    'path_taken',
    `There is another file at "${path}"${suggestedPath === null ? '' : `: "${suggestedPath}" is free`}`,
    {
      issues: [{ path: ['path'], message: 'is taken' }],
      ...(suggestedPath === null ? {} : { suggestedPath }),
    },
  );

export const cursorExpired = () =>
  new AppError(
    'cursor_expired',
    'The changes since then are not all kept any more: ask where they stand now, list the files, and go on from there',
  );

export const tooManyStreams = (limit: number) =>
  new AppError(
    'too_many_streams',
    `The account follows its events ${limit} times at once: end some of them`,
    {
      retryAfterSeconds: 10,
    },
  );

export const stopping = () =>
  new AppError('unavailable', 'The server is being stopped: connect again', { retryAfterSeconds: 1 });

export const idempotencyKeyReused = () =>
  new AppError(
    'idempotency_key_reused',
    'Another request came with this Idempotency-Key before: send this one with a key of its own',
    { issues: [{ path: ['Idempotency-Key'], message: 'belongs to another request' }] },
  );

export const requestInProgress = () =>
  new AppError(
    'request_in_progress',
    'The request with this Idempotency-Key is still under way: ask again for its answer',
    { retryAfterSeconds: 1 },
  );

export const uploadNotFound = () =>
  new AppError('upload_not_found', 'There is no such upload session: create a new one');

export const uploadExpired = () =>
  new AppError('upload_expired', 'The upload session has expired: create a new one');

export const uploadFinished = (state: 'received' | 'completed' | 'cancelled') =>
  new AppError(
    'upload_finished',
    state === 'cancelled'
      ? 'The upload session was cancelled: create a new one'
      : 'The upload session has all its bytes and takes no more',
  );

export const uploadIncomplete = (receivedBytes: number, sizeBytes: number) =>
  new AppError(
    'upload_incomplete',
    `The upload has ${receivedBytes} of ${sizeBytes} bytes: send the rest, then complete it`,
  );

export const uploadOffsetMismatch = (expectedOffset: number, givenOffset: number) =>
  new AppError(
    'upload_offset_mismatch',
    `The upload stands at byte ${expectedOffset}, but the body starts at byte ${givenOffset}`,
  );

export const checksumMissing = () =>
  new AppError('checksum_missing', 'The sha256 is needed: give it at creation or at completion', {
    issues: [{ path: ['sha256'], message: 'is needed at creation or at completion' }],
  });

export const checksumMismatch = (declared: string, actual: string) =>
  new AppError(
    'checksum_mismatch',
    `The bytes have the sha256 ${actual}, but ${declared} was declared: upload the file again`,
    { issues: [{ path: ['sha256'], message: `the bytes have ${actual}` }] },
  );

export const crc32cMismatch = (declared: string, actual: string) =>
  new AppError(
    'checksum_mismatch',
    `The bytes that arrived have the crc32c ${actual}, but ${declared} was declared: upload the file again`,
    { issues: [{ path: ['crc32c'], message: `the bytes have ${actual}` }] },
  );

export const sizeMismatch = (declaredBytes: number, actual: string) =>
  new AppError('size_mismatch', `${declaredBytes} bytes were declared, but ${actual}`, {
    issues: [{ path: ['sizeBytes'], message: actual }],
  });

export const contentUnknown = (sha256: string) =>
  new AppError('content_unknown', `This account has no content with the sha256 ${sha256}: send it`);

export const quotaExceeded = (neededBytes: number) =>
  new AppError(
    'quota_exceeded',
    `The account has no room for another ${neededBytes} bytes: delete something or ask for a larger quota`,
  );

export const payloadTooLarge = (message: string) => new AppError('payload_too_large', message);

export const unsupportedMediaType = (message: string) => new AppError('unsupported_media_type', message);

export const requestAborted = () =>
  new AppError('request_aborted', 'The request body ended early: nothing of it was kept');

export const requestTimeout = () =>
  new AppError('request_timeout', 'The request took too long to arrive: send it again');

export const headersTooLarge = () =>
  new AppError('headers_too_large', 'The headers of the request are larger than 16 KiB');

export const rangeNotSatisfiable = (sizeBytes: number) =>
  new AppError('range_not_satisfiable', `The range lies outside the ${sizeBytes} bytes of the content`);

export const rateLimited = (retryAfterSeconds: number) =>
  new AppError('rate_limited', `Too many attempts: try again in ${retryAfterSeconds} s`, {
    retryAfterSeconds,
  });

export const contentFailed = (reason: string) =>
  new AppError('content_failed', `This content can not be served: ${reason}. Upload the file again`);

export const contentUnavailable = (cause: unknown) =>
  new AppError('content_unavailable', 'The content can not be read right now: try again later', {
    cause,
    retryAfterSeconds: 1,
  });

export const storageFull = (cause: unknown) =>
  new AppError('storage_full', 'The server has no room left for this: nothing was kept', { cause });

export const unavailable = (what: string, cause: unknown) =>
  new AppError('unavailable', `${what} does not answer right now: try again`, {
    cause,
    retryAfterSeconds: 2,
  });
