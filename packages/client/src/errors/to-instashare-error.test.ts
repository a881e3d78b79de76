import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { InstashareError } from './instashare-error.ts';
import { isTransient, toInstashareError } from './to-instashare-error.ts';

function trpcError(data: unknown) {
  return TRPCClientError.from({ error: { code: -32_000, message: 'from the adapter', data } });
}

test("the server's own body is taken over", () => {
  const body = { code: 'invalid_input', message: 'bad', issues: [{ path: ['path'], message: 'empty' }] };
  expect(toInstashareError(trpcError({ httpStatus: 400, body }))).toMatchObject({ ...body, status: 400 });
});

test('a path that is offered for one that is taken comes through', () => {
  const body = { code: 'path_taken', message: 'taken', suggestedPath: 'a (2)' };
  expect(toInstashareError(trpcError({ httpStatus: 409, body }))).toMatchObject(body);
});

test('a code that this client does not know yet is passed on', () => {
  const body = { code: 'brand_new', message: 'from the future' };
  expect(toInstashareError(trpcError({ httpStatus: 400, body }))).toMatchObject(body);
});

test('how long the server asks to wait comes through', () => {
  const body = { code: 'rate_limited', message: 'later' };
  const error = trpcError({ httpStatus: 429, body, retryAfterSeconds: 7 });
  expect(toInstashareError(error)).toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000 });
});

test("the adapter's own faults get a code by their status", () => {
  expect(toInstashareError(trpcError({ httpStatus: 503 }))).toMatchObject({
    code: 'unavailable',
    message: 'from the adapter',
  });
});

test('what our fetch threw comes out as it was', () => {
  const thrown = new InstashareError('network', 'no route');
  expect(toInstashareError(TRPCClientError.from(thrown))).toBe(thrown);
});

test('a bug stays a bug', () => {
  const bug = new TypeError('x is not a function');
  expect(toInstashareError(bug)).toBe(bug);
});

test('only what may pass by itself is transient', () => {
  const codes = ['network', 'unavailable', 'rate_limited', 'internal_error'] as const;
  expect(codes.map((code) => isTransient(new InstashareError(code, '')))).toEqual([true, true, true, true]);
  const lasting = [
    'invalid_input',
    'quota_exceeded',
    'session_ended',
    'bad_response',
    'source_changed',
  ] as const;
  expect(lasting.map((code) => isTransient(new InstashareError(code, '')))).toEqual(lasting.map(() => false));
});
