import { errors, StorageError } from '@instashare/backend/errors';
import { ERROR_CODES } from '@instashare/contracts';
import { TRPCError } from '@trpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ERROR_STATUS } from './error-status.ts';
import { toAppError, toErrorBody } from './to-app-error.ts';

test('every code has a status', () => {
  expect(Object.keys(ERROR_STATUS).toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
});

test('a malformed input names its field', () => {
  const cause = z.object({ path: z.string() }).safeParse({ path: 1 }).error;
  const body = toErrorBody(toAppError(new TRPCError({ code: 'BAD_REQUEST', cause })));
  expect(body).toMatchObject({ code: 'invalid_input', issues: [{ path: ['path'] }] });
  expect(body.message).toMatch(/^path: /);
});

test('an expected failure comes through whatever wrapped it', () => {
  const wrapped = new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: errors.fileNotFound() });
  expect(toAppError(wrapped).code).toBe('file_not_found');
  const coded = new TRPCError({ code: 'PAYLOAD_TOO_LARGE', cause: errors.quotaExceeded(1) });
  expect(toAppError(coded).code).toBe('quota_exceeded');
  expect(toAppError(new StorageError('storage_full', 'ENOSPC')).code).toBe('storage_full');
  expect(toAppError(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })).code).toBe('unavailable');
});

test('that clearing up failed as well does not hide what went wrong first', () => {
  const first = new StorageError('storage_full', 'ENOSPC');
  expect(toAppError(new SuppressedError(new TypeError('later'), first)).code).toBe('storage_full');
});

test('what we did not expect tells nothing of itself', () => {
  const body = toErrorBody(toAppError(new TypeError('secret is 42')));
  expect(body.code).toBe('internal_error');
  expect(JSON.stringify(body)).not.toMatch(/42|TypeError|stack/);
});
