import { expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from '../support/test-api.ts';

interface World {
  readonly api: TestApi;
  readonly token: string;
}

const UNKNOWN_ID = '018f0000-0000-7000-8000-00000000dead';

const resultsSchema = z.object({
  results: z.array(
    z.object({
      id: z.string().optional(),
      path: z.string().optional(),
      deletedAt: z.string().optional(),
      error: z.object({ code: z.string() }).optional(),
    }),
  ),
});

const restoredSchema = z.object({
  results: z.array(
    z.object({
      file: z.object({ path: z.string() }).optional(),
      error: z.object({ code: z.string(), suggestedPath: z.string().optional() }).optional(),
    }),
  ),
});

async function put({ api, token }: World, paths: readonly string[]): Promise<string[]> {
  const ids = [];
  for (const path of paths) ids.push((await api.upload(token, path, `content of ${path}`)).body.file.id);
  return ids;
}

/** What came of each: its code when it was refused. */
async function ask({ api, token }: World, what: 'move' | 'delete', files: readonly object[]) {
  const answer = await api.request('POST', `/files/${what}`, { token, json: { files } });
  expect(answer.status, answer.text).toBe(200);
  const { results } = resultsSchema.parse(JSON.parse(answer.text));
  return results.map(({ path, deletedAt, error }) => error?.code ?? path ?? (deletedAt ? 'deleted' : null));
}

/** Where each file is now, and what is in it. */
async function contents({ api, token }: World): Promise<Record<string, string>> {
  const { body } = await api.request('GET', '/files?limit=1000', { token });
  const found: Record<string, string> = {};
  for (const { id, path } of body.items) {
    found[path] = (await api.request('GET', `/files/${id}/content`, { token })).text;
  }
  return found;
}

async function startWorld() {
  const api = await startTestApi();
  const { token, userId } = await api.register();
  const kinds = async () =>
    (await api.sql('SELECT kind FROM changes WHERE user_id = $1 ORDER BY seq', [userId])).map(
      ({ kind }) => kind,
    );
  return { api, token, kinds, [Symbol.asyncDispose]: () => api[Symbol.asyncDispose]() };
}

test('of many that are deleted, each is refused or deleted by itself, all at one time', async () => {
  await using world = await startWorld();
  const { api, token } = world;
  const [a, b, changed] = await put(world, ['a', 'b', 'changed']);
  await api.upload(token, 'changed', 'by another device');
  const files = [{ id: a, ifVersion: 1 }, { id: UNKNOWN_ID }, { id: changed, ifVersion: 1 }, { id: b }];
  expect(await ask(world, 'delete', files)).toEqual([
    'deleted',
    'file_not_found',
    'version_mismatch',
    'deleted',
  ]);
  expect(await contents(world)).toEqual({ changed: 'by another device' });
  expect((await world.kinds()).filter((kind) => kind === 'deleted')).toHaveLength(2);
  const trash = z
    .object({ items: z.array(z.object({ deletedAt: z.string() })) })
    .parse(JSON.parse((await api.request('GET', '/trash', { token })).text));
  expect(new Set(trash.items.map(({ deletedAt }) => deletedAt)).size).toBe(1);
  // A request whose answer was lost is asked again.
  expect(await ask(world, 'delete', [{ id: a, ifVersion: 1 }])).toEqual(['file_not_found']);
});

test('of many that are moved, each is refused or moved by itself; asked again they are where they are', async () => {
  await using world = await startWorld();
  const [a, b, changed, c] = await put(world, ['a', 'b', 'changed', 'c', 'taken']);
  await world.api.upload(world.token, 'changed', 'by another device');
  const files = [
    { id: a, path: 'new/a', ifVersion: 1 },
    { id: b, path: 'taken' },
    { id: changed, path: 'new/changed', ifVersion: 1 },
    { id: UNKNOWN_ID, path: 'new/unknown' },
    { id: c, path: 'new/a' },
  ];
  const results = ['new/a', 'path_taken', 'version_mismatch', 'file_not_found', 'path_taken'];
  expect(await ask(world, 'move', files)).toEqual(results);
  expect(await ask(world, 'move', files)).toEqual(results);
  expect(Object.keys(await contents(world))).toEqual(['b', 'c', 'changed', 'new/a', 'taken']);
  expect((await world.kinds()).filter((kind) => kind === 'moved')).toHaveLength(1);
});

test('files may change places, and one may take the path that another leaves', async () => {
  await using world = await startWorld();
  const [a, b, c, d] = await put(world, ['a', 'b', 'c', 'd', 'taken']);
  expect(
    await ask(world, 'move', [
      { id: a, path: 'b' },
      { id: b, path: 'a' },
    ]),
  ).toEqual(['b', 'a']);
  // One that can't leave keeps its path from the one behind it.
  expect(
    await ask(world, 'move', [
      { id: a, path: 'c' },
      { id: c, path: 'd' },
      { id: d, path: 'taken' },
    ]),
  ).toEqual(['path_taken', 'path_taken', 'path_taken']);
  expect(await contents(world)).toEqual({
    a: 'content of b',
    b: 'content of a',
    c: 'content of c',
    d: 'content of d',
    taken: 'content of taken',
  });
});

test("another user's files answer as unknown ones, and stay", async () => {
  await using world = await startWorld();
  const stranger = { api: world.api, token: (await world.api.register()).token };
  const [a] = await put(world, ['a']);
  expect(await ask(stranger, 'move', [{ id: a, path: 'stolen' }])).toEqual(['file_not_found']);
  expect(await ask(stranger, 'delete', [{ id: a }])).toEqual(['file_not_found']);
  expect(await contents(world)).toEqual({ a: 'content of a' });
});

test.each([
  ['no files', []],
  ['one file twice', [{ id: UNKNOWN_ID }, { id: UNKNOWN_ID }]],
  ['a version that is a text', [{ id: UNKNOWN_ID, ifVersion: '1' }]],
  ['too many', Array.from({ length: 1_001 }, () => ({ id: UNKNOWN_ID }))],
])('%s: refused as a whole', async (_what, files) => {
  await using world = await startWorld();
  const answer = await world.api.request('POST', '/files/delete', { token: world.token, json: { files } });
  expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
});

test('C11: a thousand files that change their folder are one quick request', async () => {
  await using world = await startWorld();
  const { api, token } = world;
  const [{ id: userId } = { id: null }] = await api.sql('SELECT id FROM users', []);
  await put(world, ['seed']);
  await api.sql(
    `WITH made AS (
       INSERT INTO files (id, user_id, path) SELECT gen_random_uuid(), $1, 'old/' || n FROM generate_series(1, 1000) n
       RETURNING id
     ), versioned AS (
       INSERT INTO file_versions (id, file_id, number, blob_id, content_type)
       SELECT gen_random_uuid(), made.id, 1, (SELECT id FROM blobs LIMIT 1), 'text/plain' FROM made RETURNING id, file_id
     )
     SELECT 1`,
    [userId],
  );
  await api.sql(
    `UPDATE files SET current_version_id = v.id FROM file_versions v
     WHERE v.file_id = files.id AND current_version_id IS NULL`,
    [],
  );
  const { body } = await api.request('GET', '/files?prefix=old/&limit=1000', { token });
  const files = body.items.map(({ id, path }) => ({ id, path: path.replace('old/', 'new/'), ifVersion: 1 }));
  const results = await ask(world, 'move', files);
  expect(results).toEqual(files.map(({ path }) => path));
});

test('what another device has moved stays where it is; a move whose answer was lost may be asked for again', async () => {
  await using world = await startWorld();
  const [a, b] = await put(world, ['a', 'b']);
  await ask(world, 'move', [{ id: a, path: 'archive/a' }]);
  expect(await ask(world, 'delete', [{ id: a, ifPath: 'a' }])).toEqual(['version_mismatch']);
  expect(await ask(world, 'move', [{ id: a, path: 'elsewhere', ifPath: 'a' }])).toEqual(['version_mismatch']);
  const move = { id: b, path: 'archive/b', ifPath: 'b' };
  expect([await ask(world, 'move', [move]), await ask(world, 'move', [move])]).toEqual([
    ['archive/b'],
    ['archive/b'],
  ]);
  expect(Object.keys(await contents(world))).toEqual(['archive/a', 'archive/b']);
});

test('of many that are restored, each comes back or is refused by itself, or goes beside what has its place', async () => {
  await using world = await startWorld();
  const { api, token } = world;
  const restore = async (files: readonly object[], more: object = {}) => {
    const answer = await api.request('POST', '/trash/restore', { token, json: { files, ...more } });
    expect(answer.status, answer.text).toBe(200);
    return restoredSchema
      .parse(JSON.parse(answer.text))
      .results.map(({ file, error }) => file?.path ?? [error?.code, error?.suggestedPath]);
  };
  const [a, b, first] = await put(world, ['a', 'b', 'twice.txt']);
  await ask(world, 'delete', [{ id: first }]);
  const [second] = await put(world, ['twice.txt']);
  await ask(world, 'delete', [{ id: a }, { id: b }, { id: second }]);
  await put(world, ['b']);
  const asked = [{ id: a }, { id: UNKNOWN_ID }, { id: b }, { id: first }, { id: second }];
  expect(await restore(asked)).toEqual([
    'a',
    ['file_not_found', undefined],
    ['path_taken', 'b (2)'],
    'twice.txt',
    ['path_taken', 'twice (2).txt'],
  ]);
  expect(await restore([{ id: second }, { id: b, path: 'elsewhere/b' }], { underFreeNames: true })).toEqual([
    'twice (2).txt',
    'elsewhere/b',
  ]);
  expect(await world.kinds()).toEqual([
    'created',
    'created',
    'created',
    'deleted',
    'created',
    'deleted',
    'deleted',
    'deleted',
    'created',
    ...Array.from({ length: 4 }, () => 'restored'),
  ]);
  expect(Object.keys(await contents(world)).toSorted()).toEqual(
    ['a', 'b', 'elsewhere/b', 'twice (2).txt', 'twice.txt'].toSorted(),
  );
});

test('two who restore the same files at once get each of them once', async () => {
  await using world = await startWorld();
  const { api, token } = world;
  const ids = await put(world, ['a', 'b', 'c', 'd']);
  await ask(
    world,
    'delete',
    ids.map((id) => ({ id })),
  );
  const json = (order: readonly string[]) => ({ files: order.map((id) => ({ id })), underFreeNames: true });
  const answers = await Promise.all(
    [ids, ids.toReversed()].map((order) =>
      api.request('POST', '/trash/restore', { token, json: json(order) }),
    ),
  );
  const results = answers.flatMap(({ text }) => restoredSchema.parse(JSON.parse(text)).results);
  expect(results.flatMap(({ file }) => file?.path ?? []).toSorted()).toEqual(['a', 'b', 'c', 'd']);
});

test('of many that are removed for good, those that are not in the trash are passed over', async () => {
  await using world = await startWorld();
  const { api, token } = world;
  const [a, b, kept] = await put(world, ['a', 'b', 'kept']);
  await ask(world, 'delete', [{ id: a }, { id: b }]);
  const purge = (ids: readonly unknown[]) => api.request('POST', '/trash/purge', { token, json: { ids } });
  const { token: stranger } = await api.register();
  const foreign = await api.request('POST', '/trash/purge', { token: stranger, json: { ids: [a] } });
  expect([foreign.status, foreign.body]).toEqual([200, { ids: [] }]);
  const purged = await purge([a, kept, UNKNOWN_ID, b]);
  expect(new Set(z.object({ ids: z.array(z.string()) }).parse(purged.body).ids)).toEqual(new Set([a, b]));
  expect((await api.request('GET', '/trash', { token })).body.items).toEqual([]);
  expect(Object.keys(await contents(world))).toEqual(['kept']);
  expect((await purge([])).status).toBe(400);
});
