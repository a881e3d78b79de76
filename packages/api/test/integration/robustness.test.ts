import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { sha256Of, startTestApi } from '../support/test-api.ts';

test('32 calls in one tRPC batch, and no more', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const send = (count: number) => {
    const calls = Array.from({ length: count }, (_, index) => ({ path: `f${index}`, sizeBytes: 1 }));
    const procedures = calls.map(() => 'uploads.create').join(',');
    const json = Object.fromEntries(calls.entries());
    return api.request('POST', `/trpc/${procedures}?batch=1`, { token, json });
  };
  const answer = await send(32);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toHaveLength(32);
  const refused = await send(33);
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('32')]);
  expect(await api.sql('SELECT count(*)::int AS uploads FROM uploads', [])).toEqual([{ uploads: 32 }]);
});

test('requests that bring the same files in opposite orders do not stand in each other’s way', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const names = Array.from({ length: 20 }, (_, index) => `f${index}`);
  const send = (order: readonly string[]) => {
    const form = new FormData();
    for (const name of order) form.append('file', new Blob([`content of ${name}`]), name);
    return api.request('POST', '/upload_files', { token, body: form });
  };
  const answers = await Promise.all([names, names.toReversed(), names, names.toReversed()].map(send));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await api.request('GET', '/files', { token })).body.items).toHaveLength(20);
});

test.each(['9999-12-31T23:59:59-12:00', '0000-06-01T00:00:00Z', 'yesterday', '2026-13-01T00:00:00Z'])(
  'modifiedAt %s is refused',
  async (modifiedAt) => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const answer = await api.request('POST', '/uploads', {
      token,
      json: { path: 'a', sizeBytes: 0, modifiedAt },
    });
    expect([answer.status, answer.body.issues]).toMatchObject([400, [{ path: ['modifiedAt'] }]]);
  },
);

test('C17: any other time comes back as it went in', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  for (const modifiedAt of [
    '0001-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.500Z',
    '9999-12-31T23:59:59.999Z',
  ]) {
    const created = await api.request('POST', '/uploads', {
      token,
      json: { path: modifiedAt, sizeBytes: 0, modifiedAt, sha256: sha256Of('') },
    });
    if (!created.body.alreadyStored) {
      await api.request('POST', `/uploads/${created.body.upload.id}/complete`, { token, json: {} });
    }
  }
  const listed = await api.request('GET', '/files', { token });
  expect(listed.body.items.map(({ path, modifiedAt }) => [path, modifiedAt])).toEqual(
    listed.body.items.map(({ path }) => [path, path]),
  );
  expect(listed.body.items).toHaveLength(3);
});

test('an empty file is complete without a PUT', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const created = await api.request('POST', '/uploads', { token, json: { path: 'empty', sizeBytes: 0 } });
  const completed = await api.request('POST', `/uploads/${created.body.upload.id}/complete`, {
    token,
    json: { sha256: sha256Of('') },
  });
  expect([completed.status, completed.body.file.sizeBytes]).toEqual([200, 0]);
});

test.each([
  ['name', { email: 'a@example.org', password: 'correct horse', name: 'a\0b' }],
  ['deviceName', { email: 'a@example.org', password: 'correct horse', deviceName: 'a\nb' }],
])('control characters in %s are refused, and no account is made', async (field, json) => {
  await using api = await startTestApi();
  const answer = await api.request('POST', '/users/register', { json });
  expect([answer.status, answer.body.issues]).toMatchObject([400, [{ path: [field] }]]);
  const { status } = await api.request('POST', '/users/register', { json: { ...json, [field]: 'fine' } });
  expect(status).toBe(200);
});

test('a part that is a file but has no name is refused; a malformed type is guessed', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const send = (head: string) =>
    api.request('POST', '/upload_files', {
      token,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `--b\r\ncontent-disposition: form-data; name="file"${head}\r\n\r\nx\r\n--b--\r\n`,
    });
  const nameless = await send('\r\ncontent-type: application/octet-stream');
  expect([nameless.status, nameless.body.code]).toEqual([400, 'invalid_input']);
  const odd = await send('; filename="p.png"\r\ncontent-type: text/a\u0001b');
  expect(odd.body.files).toMatchObject([{ contentType: 'image/png' }]);
  const bare = await send('; filename="q.png"');
  expect(bare.body.files).toMatchObject([{ contentType: 'image/png' }]);
  const download = await api.request('GET', `/files/${odd.body.files[0]?.id}/content`, { token });
  expect(download.text).toBe('x');
});

test('shutting down does not wait for an upload that stands still, and keeps what came', async () => {
  const api = await startTestApi();
  const { token } = await api.register();
  const created = await api.request('POST', '/uploads', { token, json: { path: 'slow', sizeBytes: 1000 } });
  const { host, hostname, port, pathname, search } = new URL(created.body.upload.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(`PUT ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 1000\r\n\r\nabc`);
  const received = () =>
    api.sql(
      "SELECT count(*)::int AS busy FROM pg_stat_activity WHERE application_name = 'instashare-api'",
      [],
    );
  await expect.poll(received).not.toEqual([{ busy: 0 }]);
  const before = performance.now();
  await api[Symbol.asyncDispose]();
  socket.destroy();
  expect(performance.now() - before).toBeLessThan(8000);
});

test('a request that arrives while the server stops is answered, and its connection ends', async () => {
  const api = await startTestApi();
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  const begun = 'GET /healthz HTTP/1.1\r\nhost: files.test\r\n';
  // The head of the second is not whole yet: such a connection is not idle, and stays open.
  socket.write(`${begun}\r\n${begun}`);
  await once(socket, 'data');
  const stopped = api[Symbol.asyncDispose]();
  const isOpen = () =>
    fetch(`${api.url}/healthz`).then(
      () => true,
      () => false,
    );
  await expect.poll(isOpen).toBe(false);
  socket.write('\r\n');
  const answer = await text(socket);
  await stopped;
  const told = ['HTTP/1.1 200', 'x-request-id: ', 'connection: close', '{"status":"ok"}'];
  expect(told.filter((part) => !answer.includes(part))).toEqual([]);
});

test('answers that are no route of ours have our form', async () => {
  await using api = await startTestApi();
  for (const [method, path] of [
    ['OPTIONS', '/files'],
    ['GET', '/nothing/here'],
    ['POST', '/files/%zz/content'],
  ] as const) {
    const answer = await api.request(method, path, method === 'POST' ? { json: {} } : {});
    expect([method, Object.keys(answer.body).toSorted()]).toEqual([method, ['code', 'message']]);
  }
});

test.each([
  '/nothing/at/all',
  '/files',
  '/account/export',
  '/s/abc/zip',
  '/admin',
  '/events',
  '/openapi.json',
  '/trpc/usage.get',
  '/trpc/no.such',
])('a HEAD of %s, which has none, is no address of ours', async (path) => {
  await using api = await startTestApi();
  const { status, headers, text: body } = await api.request('HEAD', path);
  expect([status, headers.has('x-request-id'), body]).toEqual([404, true, '']);
});

test.each(['""', '0', 'null', 'false', '[]', '"text"'])(
  'the body %s is no request, also where none is needed',
  async (body) => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const headers = { 'content-type': 'application/json' };
    for (const path of ['/sessions/revoke_others', '/uploads']) {
      const answer = await api.request('POST', path, { token, body, headers });
      expect([answer.status, answer.body.message]).toEqual([400, 'the body must be a JSON object']);
    }
  },
);

test.each([
  ['/files', 'user@files.test'],
  ['/trpc/files.list', 'user@files.test'],
  ['/files', 'a b'],
  ['/files', '[::1'],
  ['http://files.test/files', 'files.test'],
  ['http://files.test/trpc/files.list', 'files.test'],
])('%s of the host %s is answered, as of any other', async (target, host) => {
  await using api = await startTestApi();
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
  // Nobody has logged in.
  expect(await text(socket)).toMatch(/^HTTP\/1.1 401 /);
});
