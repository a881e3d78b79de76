import { versionSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const pageSchema = z.object({ items: z.array(versionSchema), nextBefore: z.number().nullable() });

async function listVersions(api: TestApi, token: string, idAndQuery: string) {
  const [id = '', query = ''] = idAndQuery.split('?');
  const answer = await api.request('GET', `/files/${id}/versions?${query}`, { token });
  expect(answer.status, answer.text).toBe(200);
  return pageSchema.parse(JSON.parse(answer.text));
}

/** A file with one version for each of `contents`. */
async function fileWith(api: TestApi, token: string, contents: readonly string[]) {
  const answers = [];
  for (const content of contents) answers.push(await api.upload(token, 'a.txt', content));
  const last = answers.at(-1);
  if (last === undefined) throw new Error('no contents');
  return last.body.file;
}

test('a file keeps its versions, newest first, in pages, and each can be downloaded', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const { id } = await fileWith(api, token, ['one', 'two', 'three']);

  const page = await listVersions(api, token, `${id}?limit=2`);
  expect(page.items.map(({ number, isCurrent, sizeBytes }) => ({ number, isCurrent, sizeBytes }))).toEqual([
    { number: 3, isCurrent: true, sizeBytes: 5 },
    { number: 2, isCurrent: false, sizeBytes: 3 },
  ]);
  const rest = await listVersions(api, token, `${id}?limit=2&before=${page.nextBefore}`);
  expect([rest.items.map(({ number }) => number), rest.nextBefore]).toEqual([[1], null]);

  const contentOf = async (number: number) => {
    const path = `/files/${id}/versions/${number}/content`;
    const [whole, part] = [
      await api.request('GET', path, { token }),
      await api.request('GET', path, { token, headers: { range: 'bytes=1-' } }),
    ];
    return [whole.text, part.status, part.text];
  };
  expect([await contentOf(1), await contentOf(2), await contentOf(3)]).toEqual([
    ['one', 206, 'ne'],
    ['two', 206, 'wo'],
    ['three', 206, 'hree'],
  ]);
  const missing = await api.request('GET', `/files/${id}/versions/4/content`, { token });
  expect([missing.status, missing.body.code]).toEqual([404, 'version_not_found']);
});

test('restoring an old version makes a new one over the same blob, and uses no more room', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const { id } = await fileWith(api, token, ['one', 'two']);
  const usedBytes = async () => (await api.sql('SELECT used_bytes FROM users WHERE id = $1', [userId]))[0];
  const before = await usedBytes();

  const restore = (json: unknown) => api.request('POST', `/files/${id}/restore`, { token, json });
  const restored = await restore({ version: 1 });
  expect([restored.status, restored.text]).toMatchObject([200, expect.stringContaining('"version":3')]);
  // Asked again it is there already.
  expect((await restore({ version: 1 })).text).toBe(restored.text);

  expect((await api.request('GET', `/files/${id}/content`, { token })).text).toBe('one');
  expect(
    (await listVersions(api, token, id)).items.map(({ sizeBytes, number }) => [number, sizeBytes]),
  ).toEqual([
    [3, 3],
    [2, 3],
    [1, 3],
  ]);
  const blobs = await api.sql(
    'SELECT number FROM file_versions WHERE file_id = $1 GROUP BY number, blob_id',
    [id],
  );
  expect(blobs).toHaveLength(3);
  expect(await api.sql('SELECT count(DISTINCT blob_id)::int FROM file_versions', [])).toEqual([{ count: 2 }]);
  expect(await usedBytes()).toEqual(before);
  const changes = await api.sql('SELECT kind FROM changes WHERE user_id = $1 ORDER BY seq', [userId]);
  expect(changes.map(({ kind }) => kind)).toEqual(['created', 'updated', 'updated']);

  const unknown = await restore({ version: 9 });
  expect([unknown.status, unknown.body.code]).toEqual([404, 'version_not_found']);
  const overtaken = await restore({ version: 2, ifVersion: 2 });
  expect([overtaken.status, overtaken.body.code]).toEqual([412, 'version_mismatch']);
});

test('a version whose content was found damaged is neither served nor restored', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const { id } = await fileWith(api, token, ['bad', 'good']);
  await api.sql(
    `UPDATE blobs SET status = 'failed', failure = 'x', verified_at = NULL
     WHERE id = (SELECT blob_id FROM file_versions WHERE file_id = $1 AND number = 1)`,
    [id],
  );
  const answers = [
    await api.request('GET', `/files/${id}/versions/1/content`, { token }),
    await api.request('POST', `/files/${id}/restore`, { token, json: { version: 1 } }),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [409, 'content_failed'],
    [409, 'content_failed'],
  ]);
  expect((await api.request('GET', `/files/${id}/content`, { token })).text).toBe('good');
});

test('many who restore and upload at once leave a history without holes', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const { id } = await fileWith(api, token, ['one', 'two', 'three']);
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      index % 3 === 0
        ? api.upload(token, 'a.txt', `new ${index}`)
        : api.request('POST', `/files/${id}/restore`, { token, json: { version: index % 3 } }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const { items } = await listVersions(api, token, id);
  expect(items.map(({ number }) => number)).toEqual(items.map((_, index) => items.length - index));
});
