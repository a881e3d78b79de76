import { request } from 'node:http';
import { expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

function send(api: TestApi, token: string, parts: readonly [string, string | Blob, string?][]) {
  const form = new FormData();
  for (const [name, value, filename] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, filename);
  }
  return api.request('POST', '/upload_files', { token, body: form });
}

test('several files, the folder named before or after them, in the order of the parts', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const answer = await send(api, token, [
    ['file', new Blob(['one']), 'one.txt'],
    ['file', new Blob([]), 'sub/empty.png'],
    ['path', 'notes/'],
    ['file', new Blob(['one']), 'same as one'],
  ]);
  expect([answer.status, answer.body.files]).toMatchObject([
    200,
    [
      { path: 'notes/one.txt', sizeBytes: 3, contentType: 'text/plain', version: 1 },
      { path: 'notes/sub/empty.png', sizeBytes: 0, contentType: 'image/png' },
      { path: 'notes/same as one', sizeBytes: 3 },
    ],
  ]);
});

test.each([
  ['../secret', /must not contain the part/],
  ['/etc/passwd', /must be relative/],
  ['n'.repeat(300), /longer than 255 bytes/],
])('the name %s is refused, and with it the whole request', async (name, reason) => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const answer = await send(api, token, [
    ['file', new Blob(['fine']), 'fine.txt'],
    ['file', new Blob(['bad']), name],
  ]);
  expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
  expect(answer.body.message).toMatch(reason);
  await expectNothingKept(api, token, userId);
});

test('an unknown field is named', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const answer = await send(api, token, [['photo', new Blob(['x']), 'x']]);
  expect(answer.body).toMatchObject({ code: 'invalid_input', issues: [{ path: ['photo'] }] });
});

test('a body that ends in the middle keeps nothing, and the api goes on', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n';
  const whole = `${head}whole\r\n${head.replace('"a"', '"b"')}cut`;

  // Ended as if it were complete, but without its closing boundary.
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const ended = await api.request('POST', '/upload_files', { token, body: whole, headers });
  expect([ended.status, ended.body.code]).toEqual([400, 'request_aborted']);

  // Torn off by the connection.
  await new Promise<void>((resolve) => {
    const cut = request(`${api.url}/upload_files`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${token}`, 'content-length': whole.length + 1000 },
    });
    cut.on('error', () => {});
    cut.on('close', resolve);
    cut.write(whole, () => setImmediate(() => cut.destroy()));
  });
  await expectNothingKept(api, token, userId);
  expect((await send(api, token, [['file', new Blob(['x']), 'x']])).status).toBe(200);
});

/** Waits for the end of a request that nobody waits for any more. */
async function expectNothingKept(api: TestApi, token: string, userId: string): Promise<void> {
  await expect
    .poll(() => api.sql("SELECT count(*)::int AS open FROM uploads WHERE state = 'pending'", []))
    .toEqual([{ open: 0 }]);
  expect(await api.sql('SELECT used_bytes::int FROM users WHERE id = $1', [userId])).toEqual([
    { used_bytes: 0 },
  ]);
  expect((await api.request('GET', '/files', { token })).body.items).toEqual([]);
}

test.each(['multipart/form-data', `multipart/form-data; boundary=${'x'.repeat(300)}`])(
  'a form as %s is refused, and says what it lacks',
  async (contentType) => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const headers = { 'content-type': contentType };
    const answer = await api.request('POST', '/upload_files', { token, body: 'x', headers });
    const message = 'multipart/form-data needs a boundary of 1 to 70 characters';
    expect([answer.status, answer.body]).toEqual([
      400,
      { code: 'invalid_input', message, issues: [{ path: ['Content-Type'], message }] },
    ]);
  },
);
