import { trashedFileSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const pageSchema = z.object({ items: z.array(trashedFileSchema), nextCursor: z.string().nullable() });

async function listTrash(api: TestApi, token: string, query = '') {
  const answer = await api.request('GET', `/trash${query}`, { token });
  expect(answer.status, answer.text).toBe(200);
  return pageSchema.parse(JSON.parse(answer.text));
}

async function uploadAll(api: TestApi, token: string, paths: readonly string[]): Promise<string[]> {
  const ids = [];
  for (const path of paths) ids.push((await api.upload(token, path, `content of ${path}`)).body.file.id);
  return ids;
}

const kinds = async (api: TestApi, userId: string) =>
  (await api.sql('SELECT kind FROM changes WHERE user_id = $1 ORDER BY seq', [userId])).map(
    ({ kind }) => kind,
  );

test('what is deleted is listed, the last first, in pages, and says until when it can be restored', async () => {
  await using api = await startTestApi({ TRASH_DAYS: '7' });
  const { token } = await api.register();
  const [a = '', b = ''] = await uploadAll(api, token, ['a', 'b', 'folder/c', 'folder/d']);
  await api.request('DELETE', `/files/${a}`, { token });
  await api.request('DELETE', `/files/${b}`, { token });
  // These two have the same time.
  await api.request('DELETE', '/folders?path=folder', { token });

  const paths: string[] = [];
  let query = '?limit=1';
  for (let pages = 0; pages < 10; pages += 1) {
    const { items, nextCursor } = await listTrash(api, token, query);
    paths.push(...items.map(({ path }) => path));
    for (const { deletedAt, purgedFrom } of items) {
      expect(Date.parse(purgedFrom) - Date.parse(deletedAt)).toBe(7 * 24 * 60 * 60 * 1000);
    }
    if (nextCursor === null) break;
    query = `?limit=1&cursor=${nextCursor}`;
  }
  expect(paths.slice(0, 2).toSorted()).toEqual(['folder/c', 'folder/d']);
  expect(paths.slice(2)).toEqual(['b', 'a']);
  expect((await api.request('GET', '/trash?cursor=nonsense', { token })).body.code).toBe('invalid_input');
});

test('a file comes back with its id, its versions and its bytes', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  await api.upload(token, 'a', 'one');
  const { file } = (await api.upload(token, 'a', 'two')).body;
  await api.request('DELETE', `/files/${file.id}`, { token });
  const restored = await api.request('POST', `/trash/${file.id}/restore`, { token });
  expect(JSON.parse(restored.text)).toMatchObject({ id: file.id, path: 'a', version: 2 });
  expect((await api.request('GET', `/files/${file.id}/content`, { token })).text).toBe('two');
  expect((await api.request('GET', `/files/${file.id}/versions/1/content`, { token })).text).toBe('one');
  expect((await listTrash(api, token)).items).toEqual([]);
  expect(await kinds(api, userId)).toEqual(['created', 'updated', 'deleted', 'restored']);
  const again = await api.request('POST', `/trash/${file.id}/restore`, { token });
  expect([again.status, again.body.code]).toEqual([404, 'file_not_found']);
});

test('restoring onto a taken path is refused with a path that is free', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const [deleted = ''] = await uploadAll(api, token, ['notes/a.txt']);
  await api.request('DELETE', `/files/${deleted}`, { token });
  const [newer = ''] = await uploadAll(api, token, ['notes/a.txt', 'notes/a (2).txt']);

  const restore = (json: unknown) => api.request('POST', `/trash/${deleted}/restore`, { token, json });
  const refused = await restore({});
  expect([refused.status, JSON.parse(refused.text)]).toMatchObject([
    409,
    { code: 'path_taken', suggestedPath: 'notes/a (3).txt', issues: [{ path: ['path'] }] },
  ]);
  expect((await restore({ path: 'notes/a (2).txt' })).status).toBe(409);
  const restored = await restore({ path: 'notes/a (3).txt' });
  expect(JSON.parse(restored.text)).toMatchObject({ id: deleted, path: 'notes/a (3).txt' });
  expect((await api.request('GET', `/files/${newer}`, { token })).status).toBe(200);
});

test('of many who restore to one path at once, one does', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const ids = await uploadAll(
    api,
    token,
    Array.from({ length: 8 }, (_, index) => `f${index}`),
  );
  for (const id of ids) await api.request('DELETE', `/files/${id}`, { token });
  const answers = await Promise.all(
    ids.map((id) => api.request('POST', `/trash/${id}/restore`, { token, json: { path: 'same' } })),
  );
  expect(answers.map(({ status }) => `${status}`).toSorted()).toEqual([
    '200',
    ...Array.from({ length: 7 }, () => '409'),
  ]);
});

test('what is removed for good is gone with its versions, and its content is left to the sweep', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const [a = '', b = '', c = ''] = await uploadAll(api, token, ['a', 'b', 'c']);
  expect((await api.request('DELETE', `/trash/${a}`, { token })).body.code).toBe('file_not_found');
  for (const id of [a, b]) await api.request('DELETE', `/files/${id}`, { token });

  const purged = await api.request('DELETE', `/trash/${a}`, { token });
  expect([purged.status, purged.text]).toEqual([200, '{}']);
  expect((await api.request('DELETE', `/trash/${a}`, { token })).status).toBe(404);
  expect(await api.request('DELETE', '/trash', { token })).toMatchObject({
    status: 200,
    text: '{"files":1}',
  });
  expect(await api.request('DELETE', '/trash', { token })).toMatchObject({
    status: 200,
    text: '{"files":0}',
  });
  expect((await listTrash(api, token)).items).toEqual([]);
  expect(await api.sql('SELECT file_id FROM file_versions', [])).toEqual([{ file_id: c }]);
  expect(await api.sql('SELECT count(*)::int FROM unlinked_blobs', [])).toEqual([{ count: 2 }]);
  expect((await kinds(api, userId)).slice(3)).toEqual(['deleted', 'deleted', 'purged', 'purged']);
});

test("emptying the trash leaves another user's as it is", async () => {
  await using api = await startTestApi();
  const [owner, other] = [await api.register(), await api.register()];
  const [id = ''] = await uploadAll(api, owner.token, ['a']);
  await api.request('DELETE', `/files/${id}`, { token: owner.token });
  expect((await api.request('DELETE', '/trash', { token: other.token })).text).toBe('{"files":0}');
  expect((await listTrash(api, owner.token)).items).toHaveLength(1);
  expect((await listTrash(api, other.token)).items).toEqual([]);
});

test('a deleted folder comes back as a whole, or stays when one of its paths is taken', async () => {
  await using api = await startTestApi();
  const [{ token, userId }, stranger] = [await api.register(), await api.register()];
  const [early = ''] = await uploadAll(api, token, ['a/0', 'a/1', 'a/b/2', 'ab']);
  await api.request('DELETE', `/files/${early}`, { token });
  const removed = await api.request('DELETE', '/folders?path=a', { token });
  const { deletedAt } = z.object({ deletedAt: z.string() }).parse(JSON.parse(removed.text));
  const restore = (json: object, as = token) =>
    api.request('POST', '/trash/restore_folder', { token: as, json: { path: 'a', deletedAt, ...json } });

  const [obstacle = ''] = await uploadAll(api, token, ['a/b/2']);
  const refused = await restore({});
  expect([refused.status, refused.body.code]).toEqual([409, 'path_taken']);
  expect(refused.body.message).toContain('"a/b/2"');
  expect((await listTrash(api, token)).items).toHaveLength(3);

  await api.request('POST', `/files/${obstacle}/move`, { token, json: { path: 'c' } });
  const elsewhen = await restore({ deletedAt: '2026-01-01T00:00:00Z' });
  expect([elsewhen.status, elsewhen.body.code]).toEqual([404, 'folder_not_found']);
  expect((await restore({}, stranger.token)).status).toBe(404);
  expect((await restore({ path: 'a/' })).text).toBe('{"files":2}');
  const left = await api.request('GET', '/files', { token });
  expect(left.body.items.map(({ path }) => path)).toEqual(['a/1', 'a/b/2', 'ab', 'c']);
  // What was deleted at another time stays in the trash.
  expect((await listTrash(api, token)).items.map(({ id }) => id)).toEqual([early]);
  expect((await kinds(api, userId)).slice(-3)).toEqual(['moved', 'restored', 'restored']);
  expect((await restore({})).status).toBe(404);
});

test('a deleted folder goes as a whole, and only the folder', async () => {
  await using api = await startTestApi();
  const [{ token, userId }, stranger] = [await api.register(), await api.register()];
  await uploadAll(api, token, ['a/1', 'a/b/2', 'a0', 'a.txt', 'ab/3', 'A/4']);
  const remove = (path: string, as = token) =>
    api.request('DELETE', `/folders?path=${encodeURIComponent(path)}`, { token: as });
  expect([(await remove('a', stranger.token)).status, (await remove('none')).status]).toEqual([404, 404]);
  expect((await remove('')).body.code).toBe('invalid_input');

  const removed = await remove('a/');
  expect(JSON.parse(removed.text)).toMatchObject({ files: 2 });
  const left = await api.request('GET', '/files', { token });
  expect(left.body.items.map(({ path }) => path)).toEqual(['A/4', 'a.txt', 'a0', 'ab/3']);
  expect((await kinds(api, userId)).slice(6)).toEqual(['deleted', 'deleted']);
  expect((await remove('a')).body.code).toBe('folder_not_found');
});
