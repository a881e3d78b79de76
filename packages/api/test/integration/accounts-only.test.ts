import { describe, expect, test } from 'vitest';
import { sha256Of, startTestApi } from '../support/test-api.ts';

/** Every way by which bytes or a file can come in. */
const WAYS_IN = [
  ['a session', '/uploads', { json: { path: 'a', sizeBytes: 1 } }],
  ['known content', '/uploads', { json: { path: 'a', sizeBytes: 1, sha256: sha256Of('x') } }],
  [
    'a form',
    '/upload_files',
    { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: '--b--\r\n' },
  ],
  [
    'a bundle',
    '/bundles',
    { headers: { 'content-type': 'application/vnd.instashare.bundle' }, body: '\0\0\0\0' },
  ],
  ['tRPC', '/trpc/uploads.create', { json: { path: 'a', sizeBytes: 1 } }],
] as const;

describe('S13: nobody uploads without an account', () => {
  test.each(WAYS_IN)('by %s', async (_, path, options) => {
    await using api = await startTestApi();
    expect((await api.request('POST', path, options)).status).toBe(401);
    expect(await api.sql('SELECT id FROM uploads UNION ALL SELECT id FROM blobs', [])).toEqual([]);
  });

  test('nor by an address that nobody was given, nor beyond what the account may hold', async () => {
    await using api = await startTestApi({ USER_QUOTA_BYTES: '5' });
    const { token } = await api.register();
    const { body } = await api.request('POST', '/uploads', { token, json: { path: 'a', sizeBytes: 5 } });
    const { origin, pathname } = new URL(body.upload.url);
    expect((await api.request('PUT', `${origin}${pathname}`, { body: 'bytes' })).status).toBe(404);
    const refused = await api.request('POST', '/uploads', { token, json: { path: 'b', sizeBytes: 1 } });
    expect([refused.status, refused.body.code]).toEqual([413, 'quota_exceeded']);
  });
});
