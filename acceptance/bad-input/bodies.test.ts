import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { freshEmail, PASSWORD, registerUser } from '../harness/account.ts';
import { expectError, expectJson, issueFields, send } from '../harness/http.ts';
import { objectFiles } from '../harness/objects.ts';
import { until } from '../harness/poll.ts';
import { openedSchema, pageSchema, usageSchema } from '../harness/schemas.ts';
import { MIB, postFiles, putBroken, textBytes } from '../harness/uploads.ts';

const server = inject('server');
const dataDir = inject('dataDir');

describe('a JSON body of 10 MB', () => {
  const huge = JSON.stringify({ email: freshEmail(), password: PASSWORD, name: 'x'.repeat(10 * MIB) });
  const headers = { 'content-type': 'application/json' };

  test.each(['/users/register', '/users/login', '/users/refresh', '/uploads', '/trpc/users.register'])(
    'is refused by %s',
    async (path) => {
      const user = await registerUser(server);
      const answer = await user.send('POST', path, { headers, body: huge });
      expect(answer.status).toBe(413);
      if (!path.startsWith('/trpc')) expectError(answer, 413, 'payload_too_large');
    },
  );

  test('is refused without a length too', async () => {
    const body = new Blob([huge]).stream();
    const answer = await send('POST', `${server}/users/register`, { headers, body });
    expectError(answer, 413, 'payload_too_large');
  });
});

describe('a body that is no JSON', () => {
  test.each(['{', '{"email": ', 'null', '[]', '"text"', '7', '\u0000', "{'email': 1}"])(
    'is refused: %s',
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await send('POST', `${server}/users/login`, { headers, body });
      expectError(answer, 400, 'invalid_input');
    },
  );

  test('is refused when it is no UTF-8', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = Buffer.from('{"email": "\xff\xfe", "password": "x"}', 'latin1');
    expectError(await send('POST', `${server}/users/login`, { headers, body }), 400, 'invalid_input');
  });

  test.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense'])(
    'is refused by its content type: %s',
    async (type) => {
      const answer = await send('POST', `${server}/users/login`, {
        headers: { 'content-type': type },
        body: JSON.stringify({ email: freshEmail(), password: PASSWORD }),
      });
      expectError(answer, 415, 'unsupported_media_type');
    },
  );
});

describe('a value of the wrong type', () => {
  test.each([null, true, '12', '', 1.5, -1, 1e300, [], {}, [1]])(
    'sizeBytes: %j is not made into a number',
    async (sizeBytes) => {
      const user = await registerUser(server);
      const answer = await user.send('POST', '/uploads', { json: { path: 'a.txt', sizeBytes } });
      expect(new Set(issueFields(expectError(answer, 400, 'invalid_input')))).toEqual(new Set(['sizeBytes']));
    },
  );

  test.each([
    ['path', { path: 7, sizeBytes: 1 }],
    ['path', { path: null, sizeBytes: 1 }],
    ['path', { sizeBytes: 1 }],
    ['sha256', { path: 'a', sizeBytes: 1, sha256: 7 }],
    ['modifiedAt', { path: 'a', sizeBytes: 1, modifiedAt: 'yesterday' }],
    ['modifiedAt', { path: 'a', sizeBytes: 1, modifiedAt: 1_700_000_000 }],
    ['modifiedAt', { path: 'a', sizeBytes: 1, modifiedAt: '2026-02-31T00:00:00Z' }],
    ['contentType', { path: 'a', sizeBytes: 1, contentType: 'text/plain\r\nX-Evil: 1' }],
    ['contentType', { path: 'a', sizeBytes: 1, contentType: 'text' }],
  ])('%s in %j is refused by name', async (field, json) => {
    const user = await registerUser(server);
    const error = expectError(await user.send('POST', '/uploads', { json }), 400, 'invalid_input');
    expect(issueFields(error)).toEqual([field]);
  });
});

describe('a multipart body cut in the middle', () => {
  const boundary = 'boundary';
  const head = (name: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
  const cut = Buffer.concat([
    Buffer.from(`${head('whole.txt')}all of it\r\n${head('cut.txt')}`),
    textBytes(3 * MIB),
  ]);

  test.each(['by the connection', 'by its sender'] as const)('%s: nothing is kept', async (how) => {
    const user = await registerUser(server);
    const headers = {
      authorization: `Bearer ${user.auth.accessToken}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    };
    if (how === 'by the connection') {
      const length = { 'content-length': String(cut.length + 50 * MIB) };
      await putBroken(`${server}/upload_files`, cut, { method: 'POST', headers: { ...headers, ...length } });
    } else {
      const answer = await send('POST', `${server}/upload_files`, { headers, body: cut });
      expect(answer.status).toBe(400);
      expectError(answer, 400, 'request_aborted');
    }
    await until('every trace to be gone', async () => {
      const left = await objectFiles(dataDir, user.auth.user.id);
      const incoming = await readdir(join(dataDir, 'objects', '.incoming')).catch(() => []);
      if (left.length + incoming.length > 0) throw new Error(`left: ${[...left, ...incoming].join(', ')}`);
      return true;
    });
    expect((await user.get('/files', pageSchema)).items).toEqual([]);
    expect(await user.get('/usage', usageSchema)).toMatchObject({ files: 0, storedBytes: 0 });

    const form = new FormData();
    form.append('file', new Blob(['again']), 'whole.txt');
    await expect(postFiles(user, form)).resolves.toMatchObject([{ path: 'whole.txt', version: 1 }]);
  });
});

test('an address that is none, and a method that is none', async () => {
  const user = await registerUser(server);
  expectError(await user.send('GET', '/nothing/here'), 404, 'not_found');
  expectError(await user.send('PATCH', '/files'), 404, 'not_found');
  expectError(await send('GET', `${server}/%2e%2e/%2e%2e/etc/passwd`), 404, 'not_found');
  expectError(await user.send('GET', '/files/%E0%A4%A/content'), 400, 'invalid_input');
});

test('more fields than are known do no harm', async () => {
  const user = await registerUser(server);
  const json = { path: 'a.txt', sizeBytes: 1, userId: 'someone', __proto__: { admin: true }, constructor: 1 };
  expectJson(await user.send('POST', '/uploads', { json }), openedSchema);
});
