import { expect, test } from 'vitest';
import { makeToken } from '../support/make-token.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const PASSWORD = 'correct horse';
const NEW_PASSWORD = 'another horse';

const logIn = (api: TestApi, email: string, password: string) =>
  api.request('POST', '/users/login', { json: { email, password } });

test('a changed password ends every other session, and the old one is good for nothing', async () => {
  await using api = await startTestApi();
  const { email, token } = await api.register();
  const other = (await logIn(api, email, PASSWORD)).body.accessToken;
  const json = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
  const changed = await api.request('POST', '/account/password', { token, json });
  expect([changed.status, changed.text]).toEqual([200, '{"sessions":1}']);
  const statuses = [
    (await api.request('GET', '/users/me', { token })).status,
    (await api.request('GET', '/users/me', { token: other })).status,
    (await logIn(api, email, PASSWORD)).status,
    (await logIn(api, email, NEW_PASSWORD)).status,
  ];
  expect(statuses).toEqual([200, 401, 401, 200]);
});

test('a password is changed by who knows it, to one that is fit', async () => {
  await using api = await startTestApi();
  const { email, token } = await api.register();
  const change = (json: unknown) => api.request('POST', '/account/password', { token, json });
  const wrong = await change({ currentPassword: 'a wrong one', newPassword: NEW_PASSWORD });
  expect([wrong.status, wrong.body.code, wrong.body.issues[0]?.path]).toEqual([
    401,
    'invalid_credentials',
    ['currentPassword'],
  ]);
  const weak = await change({ currentPassword: PASSWORD, newPassword: 'short' });
  expect([weak.status, weak.body.issues[0]?.path]).toEqual([400, ['newPassword']]);
  expect((await logIn(api, email, PASSWORD)).status).toBe(200);
});

test('of two who change the password at once one is told that it is another by now', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const change = (newPassword: string) =>
    api.request('POST', '/account/password', { token, json: { currentPassword: PASSWORD, newPassword } });
  const answers = await Promise.all([change('the first horse'), change('the second horse')]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
});

test('a log-in that crosses with a change of the password leaves no session behind by the old one', async () => {
  await using api = await startTestApi();
  const { email, token } = await api.register();
  const json = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
  const [changed, ...logIns] = await Promise.all([
    api.request('POST', '/account/password', { token, json }),
    ...Array.from({ length: 8 }, () => logIn(api, email, PASSWORD)),
  ]);
  expect(changed.status).toBe(200);
  const live = await Promise.all(
    logIns.map(({ body }) => api.request('GET', '/users/me', { token: body.accessToken ?? 'none' })),
  );
  expect(live.map(({ status }) => status)).toEqual(logIns.map(() => 401));
});

test('a deleted account lets nobody in from the answer on, and its address is free', async () => {
  await using api = await startTestApi();
  const { email, token, refreshToken, userId } = await api.register();
  const { secret } = await makeToken(api, token, { scopes: ['read'] });
  await api.upload(token, 'a.txt', 'to be forgotten');
  const destroy = (password: string) => api.request('POST', '/account/delete', { token, json: { password } });
  expect((await destroy('a wrong one')).body.code).toBe('invalid_credentials');
  expect((await api.request('GET', '/users/me', { token })).status).toBe(200);
  expect((await destroy(PASSWORD)).status).toBe(200);

  const refused = [
    (await api.request('GET', '/users/me', { token })).body.code,
    (await api.request('GET', '/files', { token: secret })).body.code,
    (await api.request('POST', '/users/refresh', { json: { refreshToken } })).body.code,
    (await logIn(api, email, PASSWORD)).body.code,
    (await logIn(api, `deleted+${userId}@instashare.invalid`, PASSWORD)).body.code,
  ];
  expect(refused).toEqual([
    'session_ended',
    'unauthenticated',
    'session_ended',
    'invalid_credentials',
    'invalid_credentials',
  ]);
  const json = { email, password: PASSWORD };
  const anew = (await api.request('POST', '/users/register', { json })).body;
  expect(anew.user.id).not.toBe(userId);
  expect((await api.request('GET', '/files', { token: anew.accessToken })).body.items).toEqual([]);
});

test('a log-in that crosses with the end of the account leaves no session behind', async () => {
  await using api = await startTestApi();
  const { email, token, userId } = await api.register();
  await Promise.all([
    api.request('POST', '/account/delete', { token, json: { password: PASSWORD } }),
    ...Array.from({ length: 8 }, () => logIn(api, email, PASSWORD)),
  ]);
  const [left] = await api.sql('SELECT count(*)::int AS sessions FROM sessions WHERE user_id = $1', [userId]);
  expect(left).toEqual({ sessions: 0 });
});
