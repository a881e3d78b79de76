import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createOpenApiDocument } from '../../src/openapi/document.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

/** Every operation of the document, which is made from the router: a new procedure can't be forgotten here. */
const operations = Object.entries(createOpenApiDocument('http://localhost').paths ?? {}).flatMap(
  ([path, item]) =>
    (['get', 'head', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
    }),
);

/** Who may be asked by anyone. Everything else must want a log-in. */
const OPEN_TO_ALL = [
  'POST /users/register',
  'POST /users/login',
  'POST /users/refresh',
  'GET /healthz',
  'GET /readyz',
  'GET /openapi.json',
  // The signed address is the permission.
  'PUT /storage/uploads/{uploadId}',
  'DELETE /storage/uploads/{uploadId}',
  'GET /storage/objects/{owner}/{object}',
  'HEAD /storage/objects/{owner}/{object}',
];

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const guarded = operations.filter((operation) => !OPEN_TO_ALL.includes(nameOf(operation)));
const withId = guarded.filter(({ path }) => path.includes('{id}'));

/** What would be done, were it one's own: the id must be all that is wrong. */
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /files/{id}/move': { path: 'elsewhere.txt' },
  'POST /files/{id}/restore': { version: 1 },
};
const UNKNOWN_ID = '018f0000-0000-7000-8000-00000000dead';

function send(
  api: TestApi,
  operation: { method: string; path: string },
  options: { id: string; token?: string },
) {
  const { id, ...rest } = options;
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(operation.method);
  const path = operation.path.replace('{id}', id).replace('{number}', '1');
  return api.request(operation.method, path, {
    ...rest,
    ...(hasBody ? { json: BODIES[nameOf(operation)] ?? {} } : {}),
  });
}

test('the document says the same of who may ask', () => {
  const open = operations.filter(({ operation }) => (operation.security ?? []).length === 0).map(nameOf);
  expect(open.toSorted()).toEqual(OPEN_TO_ALL.toSorted());
});

test('no token, a malformed or a forged one: 401 at every guarded address', async () => {
  await using api = await startTestApi();
  const forged = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4Iiwic2lkIjoieCJ9.c2lnbmF0dXJl';
  for (const operation of guarded) {
    for (const token of [undefined, 'x', forged]) {
      const answer = await send(api, operation, {
        id: UNKNOWN_ID,
        ...(token === undefined ? {} : { token }),
      });
      expect({ at: nameOf(operation), status: answer.status }).toEqual({
        at: nameOf(operation),
        status: 401,
      });
    }
  }
});

test("a deleted user's token: 401 at every guarded address", async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  await api.sql('DELETE FROM users WHERE id = $1', [userId]);
  for (const operation of guarded) {
    const answer = await send(api, operation, { id: UNKNOWN_ID, token });
    expect({ at: nameOf(operation), status: answer.status }).toEqual({ at: nameOf(operation), status: 401 });
  }
});

describe("another user's things answer as if there were none, and stay as they are", () => {
  test.each(withId.map((operation) => [nameOf(operation), operation] as const))(
    '%s',
    async (name, operation) => {
      await using api = await startTestApi();
      const [owner, stranger] = [await api.register(), await api.register()];
      const file = (await api.upload(owner.token, 'mine.txt', 'my content')).body.file;
      const trashed = (await api.upload(owner.token, 'deleted.txt', 'my other content')).body.file;
      await api.request('DELETE', `/files/${trashed.id}`, { token: owner.token });
      const upload = await api.request('POST', '/uploads', {
        token: owner.token,
        json: { path: 'b', sizeBytes: 3 },
      });
      const ids = { uploads: upload.body.upload.id, trash: trashed.id, files: file.id };
      const id = ids[z.enum(['uploads', 'trash', 'files']).parse(name.split('/')[1])];

      const [theirs, unknown] = [
        await send(api, operation, { id, token: stranger.token }),
        await send(api, operation, { id: UNKNOWN_ID, token: stranger.token }),
      ];
      expect([theirs.status, theirs.body]).toEqual([404, unknown.body]);

      const after = await api.request('GET', `/files/${file.id}`, { token: owner.token });
      expect(after.body).toEqual(file);
      const trash = await api.request('GET', '/trash', { token: owner.token });
      expect(trash.body.items.map(({ id: inTrash }) => inTrash)).toEqual([trashed.id]);
      expect(
        (await api.request('GET', `/uploads/${upload.body.upload.id}`, { token: owner.token })).status,
      ).toBe(200);
    },
  );
});

test("one user's content is not known to another", async () => {
  await using api = await startTestApi();
  const [owner, stranger] = [await api.register(), await api.register()];
  const { sha256 } = (await api.upload(owner.token, 'a', 'the same content')).body.file;
  const json = { path: 'a', sizeBytes: 16, sha256 };
  expect((await api.request('POST', '/uploads', { token: owner.token, json })).body.alreadyStored).toBe(true);
  expect((await api.request('POST', '/uploads', { token: stranger.token, json })).body.upload).toBeDefined();
  expect((await api.request('GET', '/files', { token: stranger.token })).body.items).toEqual([]);
});
