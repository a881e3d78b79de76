import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BUNDLE_HEADERS, bundleBody } from '../support/bundle-body.ts';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

const content = 'content';

/** A file whose object the disk has lost, which the database does not know yet. */
async function lostFile(api: TestApi) {
  const { token, userId } = await api.register();
  const { file } = (await api.upload(token, 'lost', content)).body;
  const [{ key } = {}] = await api.sql('SELECT object_key AS key FROM blobs', []);
  await rm(join(api.dataDir, 'objects', String(key)));
  return { token, userId, fileId: file.id };
}

type Way = (api: TestApi, token: string, path: string) => Promise<unknown>;

const WAYS: Record<string, Way> = {
  'an upload session': (api, token, path) => api.upload(token, path, content),
  'a bundle': (api, token, path) =>
    api.request('POST', '/bundles', {
      token,
      body: bundleBody([
        { path, content },
        { path: 'other', content: 'of another one' },
      ]),
      headers: BUNDLE_HEADERS,
    }),
  'a form': (api, token, path) => {
    const form = new FormData();
    form.append('file', new Blob([content]), path);
    return api.request('POST', '/upload_files', { token, body: form });
  },
};

test.each(
  Object.entries(WAYS).flatMap(([name, way]) => ['lost', 'again'].map((path) => ({ name, way, path }))),
)('content whose object is gone, sent again by $name to "$path", takes its place', async ({ way, path }) => {
  await using api = await startTestApi();
  const { token, userId, fileId } = await lostFile(api);
  await way(api, token, path);
  const { items } = (await api.request('GET', `/files?prefix=${path}`, { token })).body;
  expect(items).toMatchObject([{ path, status: 'stored', version: path === 'lost' ? 2 : 1 }]);
  const download = await api.request('GET', `/files/${items[0]?.id}/content`, { token });
  expect(download.text).toBe(content);
  if (path !== 'lost') {
    const lost = await api.request('GET', `/files/${fileId}`, { token });
    expect(lost.body).toMatchObject({ status: 'failed', failure: 'Its object is missing in the store' });
  }
  const [quota] = await api.sql(
    'SELECT used_bytes::int AS used, (SELECT sum(size_bytes)::int FROM blobs) AS held FROM users WHERE id = $1',
    [userId],
  );
  expect(quota?.used).toBe(quota?.held);
});

test('S4: content whose object is gone is not taken for known: it has to be sent', async () => {
  await using api = await startTestApi();
  const { token } = await lostFile(api);
  const sha256 = sha256Of(content);
  const entry = { path: 'linked', content, linkOnly: true as const };
  const bundle = { token, body: bundleBody([entry]), headers: BUNDLE_HEADERS };
  const { results } = (await api.request('POST', '/bundles', bundle)).body;
  expect(results).toMatchObject([{ error: { code: 'content_unknown' } }]);
  const json = { path: 'linked', sizeBytes: content.length, sha256 };
  expect((await api.request('POST', '/uploads', { token, json })).body.upload).toBeDefined();
});

test('S4: while the store itself is gone nothing is taken for lost', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await api.upload(token, 'here', content);
  const objects = join(api.dataDir, 'objects');
  await rename(objects, `${objects}.away`);
  const json = { path: 'again', sizeBytes: content.length, sha256: sha256Of(content) };
  const refused = await api.request('POST', '/uploads', { token, json });
  expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  await rename(`${objects}.away`, objects);
  const linked = await api.request('POST', '/uploads', { token, json });
  expect(linked.body).toMatchObject({ alreadyStored: true, file: { status: 'stored' } });
});
