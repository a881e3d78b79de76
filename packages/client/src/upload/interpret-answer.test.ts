import { describe, expect, test } from 'vitest';
import { interpretAnswer } from './interpret-answer.ts';

function interpret(status: number, options: { headers?: Record<string, string>; body?: unknown } = {}) {
  const { headers = {}, body = '' } = options;
  return interpretAnswer(
    {
      status,
      header: (name) => headers[name] ?? null,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    1_000,
  );
}

const errorBody = (code: string) => ({ body: { code, message: 'said by the server' } });

test.each([200, 201])('%d means that the store has it all', (status) => {
  expect(interpret(status)).toEqual({ kind: 'finished' });
});

describe('308', () => {
  test('S14: without a Range nothing was kept', () => {
    expect(interpret(308)).toEqual({ kind: 'kept', offset: 0 });
  });

  test('the Range names the last byte that was kept', () => {
    expect(interpret(308, { headers: { range: 'bytes=0-255' } })).toEqual({ kind: 'kept', offset: 256 });
  });

  test.each(['bytes=5-10', 'bytes=0-1000', '0-10', 'bytes=0-'])('the Range %s makes no sense', (range) => {
    expect(interpret(308, { headers: { range } })).toMatchObject({ kind: 'failed' });
  });
});

test.each([408, 429, 500, 502, 503, 504])('after %d one has to ask', (status) => {
  expect(interpret(status)).toMatchObject({ kind: 'ask' });
});

test('a wait that the server asks for is passed on', () => {
  expect(interpret(503, { headers: { 'retry-after': '7' } })).toMatchObject({
    kind: 'ask',
    error: { retryAfterMs: 7_000 },
  });
});

test.each([401, 403, 404, 410, 499])('%d: this address is no good any more', (status) => {
  expect(interpret(status)).toMatchObject({ kind: 'address-refused' });
});

test('413 means a smaller chunk, wherever on the way it comes from', () => {
  expect(interpret(413, { body: '<html>nginx</html>' })).toMatchObject({ kind: 'too-large' });
});

test.each(['upload_offset_mismatch', 'upload_finished'])('%s is cleared up by asking', (code) => {
  expect(interpret(409, errorBody(code))).toMatchObject({ kind: 'ask', error: { code } });
});

test.each([
  [507, 'storage_full'],
  [413, 'quota_exceeded'],
  [422, 'size_mismatch'],
  [422, 'checksum_mismatch'],
])('%d %s is not mended by trying again', (status, code) => {
  expect(interpret(status, errorBody(code))).toMatchObject({ kind: 'failed', error: { code } });
});

test.each([400, 302])('%d is not understood and not repeated', (status) => {
  expect(interpret(status)).toMatchObject({ kind: 'failed' });
});
