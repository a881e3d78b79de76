import { endedSessionsSchema, listSessionsResultSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

async function logIn(api: TestApi, email: string, deviceName: string) {
  const json = { email, password: 'correct horse', deviceName };
  const headers = { 'user-agent': `${deviceName}/1.0` };
  return (await api.request('POST', '/users/login', { json, headers })).body;
}

const list = async (api: TestApi, token: string, query = '') =>
  listSessionsResultSchema.parse((await api.request('GET', `/sessions${query}`, { token })).body);

test('sessions are listed with their devices, in pages', async () => {
  await using api = await startTestApi();
  const { email, token } = await api.register();
  await logIn(api, email, 'laptop');
  await logIn(api, email, 'phone');
  const first = await list(api, token, '?limit=2');
  expect(first.items).toMatchObject([
    { deviceName: 'phone', userAgent: 'phone/1.0', address: '127.0.0.1', isCurrent: false },
    { deviceName: 'laptop', isCurrent: false },
  ]);
  const second = await list(api, token, `?limit=2&cursor=${first.nextCursor}`);
  expect(second).toMatchObject({ items: [{ deviceName: null, isCurrent: true }], nextCursor: null });
});

test('a session that is ended from another one stops at once, with its refresh token', async () => {
  await using api = await startTestApi();
  const { email, token } = await api.register();
  const laptop = await logIn(api, email, 'laptop');
  const [session] = (await list(api, token)).items;
  expect((await api.request('DELETE', `/sessions/${session?.id}`, { token })).status).toBe(200);
  const me = await api.request('GET', '/users/me', { token: laptop.accessToken });
  expect(me.body.code).toBe('session_ended');
  const json = { refreshToken: laptop.refreshToken };
  expect((await api.request('POST', '/users/refresh', { json })).body.code).toBe('session_ended');
  const again = await api.request('DELETE', `/sessions/${session?.id}`, { token });
  expect(again.body.code).toBe('session_not_found');
  expect((await list(api, token)).items).toHaveLength(1);
});

test('all others are ended, and the one that asks goes on', async () => {
  await using api = await startTestApi();
  const { email, token } = await api.register();
  const others = [await logIn(api, email, 'laptop'), await logIn(api, email, 'phone')];
  const stranger = await api.register();
  const { body } = await api.request('POST', '/sessions/revoke_others', { token });
  expect(endedSessionsSchema.parse(body)).toEqual({ sessions: 2 });
  const statuses = await Promise.all(
    [token, stranger.token, ...others.map(({ accessToken }) => accessToken)].map(
      async (asking) => (await api.request('GET', '/users/me', { token: asking })).status,
    ),
  );
  expect(statuses).toEqual([200, 200, 401, 401]);
});
