import { createDiskObjectStore } from '@instashare/backend/storage';
import { expect, test } from 'vitest';
import { deriveKey } from '../../src/auth/access-tokens.ts';
import { startTestApi, TEST_AUTH_SECRET, type TestApi } from '../support/test-api.ts';

const CONTENT = 'the bytes as they are stored';

/** A signed address, as the api itself would make it. */
async function signedUrl(api: TestApi, key: string, lifetimeMs: number): Promise<string> {
  const urlSecret = deriveKey(TEST_AUTH_SECRET, 'upload-url').toString('hex');
  await using store = createDiskObjectStore({
    root: '/nowhere',
    publicUrl: api.url,
    urlSecret,
    reserveBytes: 0,
  });
  return await store.signedReadUrl(key, { expiresAt: new Date(Date.now() + lifetimeMs) });
}

async function storedKey(api: TestApi): Promise<string> {
  const { token } = await api.register();
  await api.upload(token, 'a.txt', CONTENT);
  const [blob] = await api.sql('SELECT object_key FROM blobs', []);
  return String(blob?.['object_key']);
}

test('a signed address gives the stored bytes, whole or in part, and nothing a browser would run', async () => {
  await using api = await startTestApi();
  const url = await signedUrl(api, await storedKey(api), 60_000);
  const whole = await api.request('GET', url);
  expect({ status: whole.status, text: whole.text }).toEqual({ status: 200, text: CONTENT });
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-disposition': 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
  });
  const part = await api.request('GET', url, { headers: { range: 'bytes=4-8' } });
  expect([part.status, part.text, part.headers.get('content-range')]).toEqual([
    206,
    'bytes',
    `bytes 4-8/${CONTENT.length}`,
  ]);
  const outside = await api.request('GET', url, { headers: { range: 'bytes=1000-' } });
  expect([outside.status, outside.body.code]).toEqual([416, 'range_not_satisfiable']);
  const head = await api.request('HEAD', url);
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(CONTENT.length)]);
});

test('another object, another signature, one that has expired or none: not found, as if nothing were there', async () => {
  await using api = await startTestApi();
  const key = await storedKey(api);
  const url = await signedUrl(api, key, 60_000);
  const missing = await signedUrl(api, key.replace(/.$/, 'x'), 60_000);
  const refused = [
    missing,
    url.replace(key, key.replace(/.$/, 'x')),
    url.replace('signature=', 'signature=A'),
    url.replace('expires=', 'expires=9'),
    url.split('?')[0] ?? '',
    url.replace(key, '..%2f..%2fetc%2fpasswd'),
    await signedUrl(api, key, -1000),
  ];
  for (const each of refused) {
    const { status, body } = await api.request('GET', each);
    expect({ each, status, code: body.code }).toEqual({ each, status: 404, code: 'not_found' });
  }
});

test('an upload address of ours is no read address', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const created = await api.request('POST', '/uploads', { token, json: { path: 'b', sizeBytes: 1 } });
  const { pathname, search } = new URL(created.body.upload.url);
  const name = pathname.split('/').at(-1) ?? '';
  const answer = await api.request('GET', `/storage/objects/${name}/${name}${search}`);
  expect(answer.status).toBe(404);
});
