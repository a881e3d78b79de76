import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

const MEBIBYTE = 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
const HOUR_MS = 60 * 60 * 1000;

async function leftMs(api: TestApi, id: string): Promise<number> {
  const [row] = await api.sql('SELECT expires_at FROM uploads WHERE id = $1', [id]);
  return new Date(String(row?.['expires_at'])).getTime() - Date.now();
}

async function create(
  api: TestApi,
  token: string,
  upload: { path: string; sizeBytes: number; sha256?: string },
) {
  const created = await api.request('POST', '/uploads', { token, json: upload });
  expect(created.status).toBe(200);
  return created.body.upload;
}

describe('S1: abandoned uploads', () => {
  test('are not kept by asking about them or by requests that bring nothing, only by bytes', async () => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const sizeBytes = 2 * CHUNK_BYTES;
    const { id, url } = await create(api, token, { path: 'a', sizeBytes });
    await api.sql("UPDATE uploads SET expires_at = now() + interval '1 minute' WHERE id = $1", [id]);

    const chunk = (first: number) => ({
      body: randomBytes(CHUNK_BYTES),
      headers: { 'content-range': `bytes ${first}-${first + CHUNK_BYTES - 1}/${sizeBytes}` },
    });
    const again = await api.request('GET', `/uploads/${id}`, { token });
    const asked = await api.request('PUT', url, { headers: { 'content-range': `bytes */${sizeBytes}` } });
    const refused = await api.request('PUT', url, chunk(CHUNK_BYTES));
    expect([again.status, asked.status, refused.status]).toEqual([200, 308, 409]);
    expect(await leftMs(api, id)).toBeLessThan(60_000);

    // The address that was given again holds for longer than that, so that sending can go on.
    const sent = await api.request('PUT', again.body.upload.url, chunk(0));
    expect(sent.status).toBe(308);
    expect(await leftMs(api, id)).toBeGreaterThan(23 * HOUR_MS);
    expect(Number(new URL(again.body.upload.url).searchParams.get('expires')) * 1000).toBeGreaterThan(
      Date.now() + 23 * HOUR_MS,
    );
  });

  test('are not those whose one request takes longer than an upload lives', async () => {
    await using api = await startTestApi({ UPLOAD_EXPIRES_SECONDS: '3' });
    const { token } = await api.register();
    const { id, url } = await create(api, token, { path: 'a', sizeBytes: 1024 * MEBIBYTE });
    const put = httpRequest(url, { method: 'PUT', headers: { 'content-length': 1024 * MEBIBYTE } });
    put.on('error', () => {});
    const endsAt = Date.now() + 4_000;
    while (Date.now() < endsAt) {
      if (!put.write(randomBytes(MEBIBYTE))) await once(put, 'drain');
      await delay(100);
    }
    expect(await leftMs(api, id)).toBeGreaterThan(0);
    put.destroy();
  });

  test('hold what they have reserved until they are over', async () => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    await api.sql('UPDATE users SET quota_bytes = 100 WHERE id = $1', [userId]);
    const { id } = await create(api, token, { path: 'a', sizeBytes: 60 });
    const more = () => api.request('POST', '/uploads', { token, json: { path: 'b', sizeBytes: 60 } });
    expect((await more()).body.code).toBe('quota_exceeded');
    await api.request('DELETE', `/uploads/${id}`, { token });
    expect((await more()).status).toBe(200);
  });
});

test('S3: an upload that was left behind blocks neither its path nor its content', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const content = 'sent again';
  const upload = { path: 'a', sizeBytes: content.length, sha256: sha256Of(content) };
  const untouched = await create(api, token, upload);
  const received = await create(api, token, upload);
  expect((await api.request('PUT', received.url, { body: content })).status).toBe(200);

  const whole = await create(api, token, upload);
  expect(new Set([untouched.id, received.id, whole.id]).size).toBe(3);
  expect((await api.request('PUT', whole.url, { body: content })).status).toBe(200);
  const completed = await api.request('POST', `/uploads/${whole.id}/complete`, { token, json: {} });
  expect([completed.status, completed.body.file.path]).toEqual([200, 'a']);
});

test('an upload whose session cannot be opened says why, and leaves no reservation and no session', async () => {
  await using api = await startTestApi({ DISK_RESERVE_MIB: String(2 ** 40) });
  const { token, userId } = await api.register();
  const refused = await api.request('POST', '/uploads', { token, json: { path: 'a', sizeBytes: 5 } });
  expect([refused.status, refused.body.code]).toEqual([507, 'storage_full']);
  await vi.waitFor(async () =>
    expect(await api.sql('SELECT state, reserved_bytes::integer FROM uploads', [])).toEqual([
      { state: 'ended', reserved_bytes: 0 },
    ]),
  );
  const [user] = await api.sql('SELECT used_bytes FROM users WHERE id = $1', [userId]);
  expect(Number(user?.['used_bytes'])).toBe(0);
  const files = await readdir(api.dataDir, { recursive: true });
  expect(files.filter((name) => name.endsWith('.part'))).toEqual([]);
});
