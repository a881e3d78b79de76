import { createShareResultSchema, listAuditResultSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { makeToken } from '../support/make-token.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const PASSWORD = 'correct horse';

const list = async (api: TestApi, token: string, query = '') =>
  listAuditResultSchema.parse((await api.request('GET', `/audit${query}`, { token })).body);

test('what happens to an account is written down, with who did it and from where', async () => {
  await using api = await startTestApi();
  const { email, token } = await api.register();
  const headers = { 'user-agent': 'probe/2' };
  const logIn = (password: string) =>
    api.request('POST', '/users/login', { json: { email, password, deviceName: 'laptop' }, headers });
  await logIn('not the password');
  const second = (await logIn(PASSWORD)).body.accessToken;
  const script = await makeToken(api, token, { scopes: ['write'] });
  const { id } = (await api.upload(script.secret, 'folder/a.txt', 'a')).body.file;
  await api.request('DELETE', `/files/${id}`, { token: script.secret });
  await api.request('DELETE', `/trash/${id}`, { token: second });
  await api.upload(token, 'folder/b.txt', 'b');
  await api.request('DELETE', '/folders?path=folder', { token });
  await api.request('DELETE', '/trash', { token });
  await api.request('DELETE', `/tokens/${script.id}`, { token });
  const passwords = { currentPassword: 'a wrong one', newPassword: 'another horse' };
  await api.request('POST', '/account/password', { token, json: passwords });
  const right = { ...passwords, currentPassword: PASSWORD };
  await api.request('POST', '/account/password', { token, json: right });
  await api.request('POST', '/sessions/revoke_others', { token });

  const { items } = await list(api, token);
  expect(items.every(({ address }) => address === '127.0.0.1')).toBe(true);
  expect(items.map(({ kind, device, details }) => [kind, device, details])).toEqual([
    ['other_sessions_revoked', null, { sessions: 0 }],
    ['password_changed', null, { sessions: 1 }],
    ['password_refused', null, {}],
    ['token_revoked', null, { name: 'for write' }],
    ['trash_emptied', null, { files: 1 }],
    ['folder_deleted', null, { path: 'folder', files: 1 }],
    ['file_purged', 'laptop', { fileId: id, path: 'folder/a.txt' }],
    ['file_deleted', 'for write', { fileId: id, path: 'folder/a.txt' }],
    ['token_created', null, { name: 'for write', scopes: 'write' }],
    ['logged_in', 'laptop', {}],
    ['log_in_failed', null, {}],
    ['registered', null, {}],
  ]);
  expect(items.find(({ kind }) => kind === 'log_in_failed')?.userAgent).toBe('probe/2');
});

test('so are its shares, sessions, batches and exports', async () => {
  await using api = await startTestApi();
  const { email, token } = await api.register();
  const logIn = async (deviceName: string) => {
    const json = { email, password: PASSWORD, deviceName };
    return (await api.request('POST', '/users/login', { json })).body.accessToken;
  };
  const [laptop, phone] = [await logIn('laptop'), await logIn('phone')];
  const script = (await makeToken(api, token, { scopes: ['write', 'share'] })).secret;
  const { id: fileId } = (await api.upload(laptop, 'folder/a.txt', 'a')).body.file;
  const share = async (by: string, json: object) =>
    createShareResultSchema.parse((await api.request('POST', '/shares', { token: by, json })).body).share.id;
  const [ofFile, ofFolder] = [await share(laptop, { fileId }), await share(script, { folder: 'folder' })];
  await api.request('DELETE', `/shares/${ofFile}`, { token: script });
  await api.request('DELETE', `/shares/${ofFolder}`, { token: laptop });
  await api.request('POST', '/files/delete', { token: script, json: { files: [{ id: fileId }] } });
  await api.request('GET', '/account/export', { token: laptop });
  await api.request('POST', '/users/logout', { token: phone });
  const before = (await list(api, token)).items;
  const sessionId = before.find(({ kind, device }) => kind === 'logged_in' && device === 'laptop')?.sessionId;
  await api.request('DELETE', `/sessions/${sessionId}`, { token });

  const { items } = await list(api, token);
  expect(items.map(({ kind, device, details, address }) => [kind, device, details, address])).toEqual(
    [
      ['session_revoked', null, { sessionId, deviceName: 'laptop' }],
      ['logged_out', 'phone', {}],
      ['account_exported', 'laptop', {}],
      ['files_deleted', 'for write and share', { files: 1 }],
      ['share_revoked', 'laptop', { shareId: ofFolder }],
      ['share_revoked', 'for write and share', { shareId: ofFile }],
      ['share_created', 'for write and share', { shareId: ofFolder, folder: 'folder/' }],
      ['share_created', 'laptop', { shareId: ofFile, fileId }],
      ['token_created', null, { name: 'for write and share', scopes: 'write share' }],
      ['logged_in', 'phone', {}],
      ['logged_in', 'laptop', {}],
      ['registered', null, {}],
    ].map((event) => [...event, '127.0.0.1']),
  );
});

test('what a newer version has written down, as when both run, is left to that', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  await api.sql(
    `INSERT INTO audit_events (id, user_id, kind, details, created_at)
     VALUES ('ffffffff-ffff-7fff-bfff-ffffffffffff', $1, 'of_tomorrow', '{}', now())`,
    [userId],
  );
  expect((await list(api, token)).items.map(({ kind }) => kind)).toEqual(['registered']);
});

test('it is listed in pages that stay right while more happens', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  for (let made = 0; made < 4; made += 1) await makeToken(api, token, { scopes: ['read'] });
  const first = await list(api, token, '?limit=2');
  await makeToken(api, token, { scopes: ['write'] });
  const second = await list(api, token, `?limit=2&cursor=${first.nextCursor}`);
  const third = await list(api, token, `?limit=2&cursor=${second.nextCursor}`);
  const kinds = [...first.items, ...second.items, ...third.items].map(({ kind }) => kind);
  expect(kinds).toEqual([...Array.from({ length: 4 }, () => 'token_created'), 'registered']);
  expect(third.nextCursor).toBeNull();
});

test('a refresh token that is used again is written down', async () => {
  await using api = await startTestApi();
  const { email, refreshToken } = await api.register();
  const refresh = (token: string) => api.request('POST', '/users/refresh', { json: { refreshToken: token } });
  await refresh((await refresh(refreshToken)).body.refreshToken);
  await refresh(refreshToken);
  const { accessToken } = (await api.request('POST', '/users/login', { json: { email, password: PASSWORD } }))
    .body;
  const [, reused] = (await list(api, accessToken)).items;
  expect([reused?.kind, typeof reused?.sessionId]).toEqual(['refresh_token_reused', 'string']);
});
