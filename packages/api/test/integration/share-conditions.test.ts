import { createShareResultSchema, listSharesResultSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

async function sharedFile(api: TestApi, limit: { readonly maxDownloads?: number } = {}) {
  const { token } = await api.register();
  const { id } = (await api.upload(token, 'folder/notes.txt', 'what I wrote')).body.file;
  const made = await api.request('POST', '/shares', { token, json: { fileId: id, ...limit } });
  const url = `${createShareResultSchema.parse(made.body).url}/content`;
  const get = (headers: Record<string, string> = {}, method = 'GET') => api.request(method, url, { headers });
  const counted = async () => {
    const { items } = listSharesResultSchema.parse((await api.request('GET', '/shares', { token })).body);
    return items.map(({ downloads }) => downloads);
  };
  const described = await get({}, 'HEAD');
  const valueOf = (name: string) => described.headers.get(name) ?? '';
  return { get, counted, etag: valueOf('etag'), date: valueOf('last-modified') };
}

test('a shared file that the visitor has already is not sent again, and that is no download', async () => {
  await using api = await startTestApi();
  const { get, counted, etag, date } = await sharedFile(api);
  for (const headers of [{ 'if-none-match': etag }, { 'if-modified-since': date }]) {
    const answer = await get(headers);
    expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', etag]);
  }
  expect(await counted()).toEqual([0]);
  expect((await get({ 'if-none-match': '"another"' })).status).toBe(200);
  expect(await counted()).toEqual([1]);
});

test('where downloads are limited as well, and the last one is still there', async () => {
  await using api = await startTestApi();
  const { get, counted, etag } = await sharedFile(api, { maxDownloads: 1 });
  expect((await get({ 'if-none-match': etag })).status).toBe(304);
  expect(await counted()).toEqual([0]);
  expect((await get()).text).toBe('what I wrote');
  expect((await get({ 'if-none-match': etag })).status).toBe(404);
});

test('a shared file that is another by now is refused to who wants the one before, or given whole', async () => {
  await using api = await startTestApi();
  const { get, counted, etag } = await sharedFile(api);
  const refused = await get({ 'if-match': '"another"' });
  expect(refused.status).toBe(412);
  expect(refused.text).not.toContain('folder');
  expect(await counted()).toEqual([0]);
  const range = 'bytes=5-';
  const rest = await get({ range, 'if-range': etag });
  expect([rest.status, rest.text]).toEqual([206, 'I wrote']);
  const whole = await get({ range, 'if-range': '"another"' });
  expect([whole.status, whole.text]).toEqual([200, 'what I wrote']);
});
