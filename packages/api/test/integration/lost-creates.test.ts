/** An upload whose creation was answered, and the answer lost: nobody knows its id, and its room is booked for a day. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bookedBytes, setQuota } from '../support/booked-bytes.ts';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

const CHUNK = 256 * 1024;
const LOST = {
  path: 'large.bin',
  sizeBytes: 2 * CHUNK,
  sha256: sha256Of('b'.repeat(2 * CHUNK)),
  modifiedAt: '2026-11-01T12:00:00.123Z',
  contentType: 'application/x-large',
  ifVersion: 0,
};

const create = (api: TestApi, token: string, json: object) =>
  api.request('POST', '/uploads', { token, json });

const sendChunk = (api: TestApi, url: string, [first, content]: readonly [number, string]) =>
  api.request('PUT', url, {
    body: content,
    headers: { 'content-range': `bytes ${first}-${first + content.length - 1}/${LOST.sizeBytes}` },
  });

/** A request whose answer was lost, by an account that has room for one such. */
async function createLost(api: TestApi, json: object = LOST) {
  const { token, userId } = await api.register();
  await setQuota(api, userId, LOST.sizeBytes + CHUNK);
  return { token, userId, lost: (await create(api, token, json)).body.upload };
}

test.each([
  ['all that can be said', LOST],
  ['no more than it must', { path: LOST.path, sizeBytes: LOST.sizeBytes }],
])('what was reserved for an answer that got lost serves who asks again, saying %s', async (_, json) => {
  await using api = await startTestApi();
  const { token, userId, lost } = await createLost(api, json);
  const again = await create(api, token, json);
  expect([again.status, again.body.code, again.body.upload?.id]).toEqual([200, undefined, lost.id]);
  expect(await bookedBytes(api, userId)).toEqual({
    booked: LOST.sizeBytes,
    content: 0,
    reserved: LOST.sizeBytes,
  });
  const asked = await api.request('GET', `/uploads/${lost.id}`, { token });
  expect({ ...again.body.upload, url: '' }).toEqual({ ...asked.body.upload, url: '' });

  const body = 'b'.repeat(LOST.sizeBytes);
  expect((await api.request('PUT', again.body.upload.url, { body })).status).toBe(200);
  const complete = { token, json: { sha256: LOST.sha256 } };
  const completed = await api.request('POST', `/uploads/${again.body.upload.id}/complete`, complete);
  expect([completed.status, completed.body.file.version]).toEqual([200, 1]);
  expect(await bookedBytes(api, userId)).toEqual({
    booked: LOST.sizeBytes,
    content: LOST.sizeBytes,
    reserved: 0,
  });
});

test('what was reserved for one request serves no other', async () => {
  await using api = await startTestApi();
  const { token, userId, lost } = await createLost(api);
  const others = [
    { path: 'other.bin' },
    { sizeBytes: LOST.sizeBytes - 1 },
    { sha256: sha256Of('other') },
    { sha256: undefined },
    { modifiedAt: '2026-11-01T12:00:00.124Z' },
    { modifiedAt: undefined },
    { contentType: 'application/x-other' },
    { ifVersion: undefined },
  ];
  for (const other of others) {
    const refused = await create(api, token, { ...LOST, ...other });
    expect([other, refused.status, refused.body.code]).toEqual([other, 413, 'quota_exceeded']);
  }
  const stranger = await api.register();
  await setQuota(api, stranger.userId, 1);
  expect((await create(api, stranger.token, LOST)).body.code).toBe('quota_exceeded');
  expect((await create(api, token, LOST)).body.upload.id).toBe(lost.id);
  expect(await bookedBytes(api, userId)).toEqual({
    booked: LOST.sizeBytes,
    content: 0,
    reserved: LOST.sizeBytes,
  });
});

test('a session is handed out again only while it is open and nothing was sent to it', async () => {
  await using api = await startTestApi();
  const refusedAfter = async (change: (lost: { id: string; url: string }) => Promise<unknown>) => {
    const { token, lost } = await createLost(api);
    await change(lost);
    expect((await create(api, token, LOST)).body.code).toBe('quota_exceeded');
  };
  await refusedAfter(({ url }) => sendChunk(api, url, [0, 'b'.repeat(CHUNK)]));
  await refusedAfter(({ url }) => api.request('PUT', url, { body: 'b'.repeat(LOST.sizeBytes) }));
  await refusedAfter(({ id }) => api.sql('UPDATE uploads SET expires_at = now() WHERE id = $1', [id]));
  // As crashes leave it: a row without its session, and a session without its file.
  await refusedAfter(({ id }) => api.sql('UPDATE uploads SET session = NULL WHERE id = $1', [id]));
  await refusedAfter(async ({ id }) => {
    const names = await readdir(api.dataDir, { recursive: true });
    await rm(join(api.dataDir, names.find((name) => name.endsWith(`${id}.part`)) ?? expect.fail()));
  });
});

test('two devices with one session end with one whole file', async () => {
  await using api = await startTestApi();
  const { token, userId, lost } = await createLost(api);
  const { upload } = (await create(api, token, LOST)).body;
  expect((await sendChunk(api, lost.url, [0, 'b'.repeat(CHUNK)])).status).toBe(308);
  const body = 'b'.repeat(LOST.sizeBytes);
  expect((await api.request('PUT', upload.url, { body })).status).toBe(200);
  const late = await sendChunk(api, lost.url, [CHUNK, 'b'.repeat(CHUNK)]);
  expect([late.status, late.body.code]).toEqual([409, 'upload_finished']);
  const completed = await Promise.all(
    [lost, upload].map(({ id }) => api.request('POST', `/uploads/${id}/complete`, { token, json: {} })),
  );
  expect(completed.map(({ status }) => status)).toEqual([200, 200]);
  expect(completed[0]?.text).toBe(completed[1]?.text);
  const file = completed[0]?.body.file.id;
  expect((await api.request('GET', `/files/${file}/content`, { token })).text).toBe(body);
  expect(await bookedBytes(api, userId)).toEqual({
    booked: LOST.sizeBytes,
    content: LOST.sizeBytes,
    reserved: 0,
  });
});

test('of two devices that send different contents by one session the second is not told that its own is stored', async () => {
  await using api = await startTestApi();
  const json = { path: 'same', sizeBytes: 5 };
  const { token, userId } = await api.register();
  await setQuota(api, userId, json.sizeBytes);
  const mine = (await create(api, token, json)).body.upload;
  const theirs = (await create(api, token, json)).body.upload;
  expect(theirs.id).toBe(mine.id);
  expect((await api.request('PUT', theirs.url, { body: 'their' })).status).toBe(200);
  const complete = (content: string) =>
    api.request('POST', `/uploads/${mine.id}/complete`, { token, json: { sha256: sha256Of(content) } });
  expect((await complete('their')).status).toBe(200);
  expect((await api.request('PUT', mine.url, { body: 'mine!' })).body.code).toBe('upload_finished');
  expect(await complete('mine!')).toMatchObject({ status: 422, body: { code: 'checksum_mismatch' } });
  expect((await complete('their')).status).toBe(200);
});

test('a session that is handed out again is the answer that its key keeps', async () => {
  await using api = await startTestApi();
  const { token, lost } = await createLost(api);
  const ask = () =>
    api.request('POST', '/uploads', { token, json: LOST, headers: { 'idempotency-key': 'k' } });
  const again = await ask();
  expect(again.body.upload?.id).toBe(lost.id);
  await api.request('DELETE', `/uploads/${lost.id}`, { token });
  expect((await ask()).text).toBe(again.text);
});
