import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createTokenResultSchema } from '@instashare/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, GUARDED, UNKNOWN_ID, WITH_ID_IN_BODY } from '../../support/operations.ts';
import { everythingOf, makeOwner, type Owner } from '../../support/owned-things.ts';
import { startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let owner: Owner;
let stranger: string;
let before: Record<string, unknown>;

const objectsOf = (userId: string) => readdir(join(api.dataDir, 'objects', userId));

beforeAll(async () => {
  api = await startTestApi();
  owner = await makeOwner(api);
  stranger = (await api.register()).token;
  before = { ...(await everythingOf(api, owner.userId)), objects: await objectsOf(owner.userId) };
});

afterAll(() => api[Symbol.asyncDispose]());

const untouched = async () =>
  expect({
    ...(await everythingOf(api, owner.userId)),
    objects: await objectsOf(owner.userId),
  }).toEqual(before);

const withId = GUARDED.filter(({ path }) => path.includes('{id}'));

describe("another user's things answer as if there were none, and stay as they are", () => {
  // Every id at every address, not only at its own: a token's id is no more a file's than an unknown one is.
  test.each(withId.map((operation) => [operation.name, operation] as const))(
    '%s',
    async (_name, operation) => {
      const unknown = await ask(api, operation, { id: UNKNOWN_ID, token: stranger });
      expect(unknown.status).toBe(404);
      expect(operation.statuses).toContain('404');
      for (const [kind, id] of Object.entries(owner.ids)) {
        const theirs = await ask(api, operation, { id, token: stranger });
        expect([kind, theirs.status, theirs.text]).toEqual([kind, 404, unknown.text]);
        expect([...theirs.headers.keys()]).toEqual([...unknown.headers.keys()]);
      }
      await untouched();
    },
  );

  test.each(['GET /file_by_path', 'DELETE /folders', 'POST /folders/move', 'POST /trash/restore_folder'])(
    '%s, by its path',
    async (name) => {
      const operation = GUARDED.find((one) => one.name === name);
      if (operation === undefined) throw new Error('there is no such operation any more');
      const answer = await ask(api, operation, { token: stranger });
      expect(answer.status).toBe(404);
      await untouched();
    },
  );

  test.each(WITH_ID_IN_BODY.map((operation) => [operation.name, operation] as const))(
    '%s, by an id in its body',
    async (_name, operation) => {
      const answerOf = async (id: string, token: string) => {
        const { status, text } = await ask(api, operation, { id, token });
        return [status, text.replaceAll(id, '{id}')];
      };
      const { userId, token: session } = await api.register();
      const json = { name: 'all', scopes: ['read', 'write', 'share'] };
      const { body } = await api.request('POST', '/tokens', { token: session, json });
      for (const token of [session, createTokenResultSchema.parse(body).token]) {
        const unknown = await answerOf(UNKNOWN_ID, token);
        for (const id of Object.values(owner.ids)) expect(await answerOf(id, token)).toEqual(unknown);
      }
      // Nor is there anything of the asker's own that leads to it.
      expect(await everythingOf(api, userId)).toMatchObject({ files: [], shares: [] });
      await untouched();
    },
  );

  test('whatever else there is to be asked for', async () => {
    const other = (await api.register()).token;
    for (const operation of GUARDED.filter(({ path }) => !path.includes('{id}'))) {
      for (const id of Object.values(owner.ids)) {
        const { status } = await ask(api, operation, { id, token: other });
        expect([operation.name, status < 500]).toEqual([operation.name, true]);
      }
    }
    await untouched();
  });
});

test('every kind of thing that has an id is one that the owner has here', () => {
  expect(before['files']).toHaveLength(2);
  const kinds = new Set(withId.map(({ path }) => path.split('/')[1] ?? ''));
  const known = {
    files: 'file',
    trash: 'trashed',
    shares: 'share',
    uploads: 'upload',
    tokens: 'personalAccessToken',
    webhooks: 'webhook',
    sessions: 'session',
  };
  expect([...kinds].toSorted()).toEqual(Object.keys(known).toSorted());
  expect(Object.values(known).toSorted()).toEqual(Object.keys(owner.ids).toSorted());
});

test("one user's content is not known to another", async () => {
  const [one, other] = [await api.register(), await api.register()];
  const { sha256 } = (await api.upload(one.token, 'a', 'the same content')).body.file;
  const json = { path: 'a', sizeBytes: 16, sha256 };
  expect((await api.request('POST', '/uploads', { token: one.token, json })).body.alreadyStored).toBe(true);
  expect((await api.request('POST', '/uploads', { token: other.token, json })).body.upload).toBeDefined();
  expect((await api.request('GET', '/files', { token: other.token })).body.items).toEqual([]);
});
