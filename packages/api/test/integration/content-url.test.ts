import { contentUrlSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { BUNDLE_HEADERS, bundleBody } from '../support/bundle-body.ts';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

async function contentUrl(api: TestApi, token: string, idAndQuery: string) {
  const [id = '', query = ''] = idAndQuery.split('?');
  const answer = await api.request('GET', `/files/${id}/content_url?${query}`, { token });
  expect(answer.status, answer.text).toBe(200);
  return contentUrlSchema.parse(JSON.parse(answer.text));
}

test('the address leads to the stored bytes of the version asked for, without a log-in, for a while', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await api.upload(token, 'a.txt', 'the first');
  const { id } = (await api.upload(token, 'a.txt', 'the second one')).body.file;
  const [current, first] = [
    await contentUrl(api, token, id),
    await contentUrl(api, token, `${id}?version=1`),
  ];
  expect([(await api.request('GET', current.url)).text, (await api.request('GET', first.url)).text]).toEqual([
    'the second one',
    'the first',
  ]);
  const { url: _, expiresAt, ...place } = first;
  expect(place).toEqual({
    encoding: 'identity',
    offset: 0,
    storedBytes: 9,
    sizeBytes: 9,
    sha256: sha256Of('the first'),
  });
  const lifetimeMinutes = (Date.parse(expiresAt) - Date.now()) / 60_000;
  expect(lifetimeMinutes).toBeGreaterThan(14);
  expect(lifetimeMinutes).toBeLessThanOrEqual(15);
  const missing = await api.request('GET', `/files/${id}/content_url?version=3`, { token });
  expect([missing.status, missing.body.code]).toEqual([404, 'version_not_found']);
});

test('of a small file that shares its object it says where its bytes are', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const files = ['one', 'two, longer', 'three'].map((content) => ({ path: content, content }));
  await api.request('POST', '/bundles', { token, headers: BUNDLE_HEADERS, body: bundleBody(files) });
  const { items } = (await api.request('GET', '/files', { token })).body;
  expect(items).toHaveLength(3);
  for (const { id, path } of items) {
    const { url, offset, storedBytes } = await contentUrl(api, token, id);
    const range = `bytes=${offset}-${offset + storedBytes - 1}`;
    expect(await api.request('GET', url, { headers: { range } })).toMatchObject({ status: 206, text: path });
  }
});
