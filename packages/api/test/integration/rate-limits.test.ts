import { expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const logIn = (api: TestApi, email: string, options: { password?: string; from?: string } = {}) =>
  api.request('POST', '/users/login', {
    json: { email, password: options.password ?? 'a wrong one' },
    ...(options.from === undefined ? {} : { headers: { 'x-forwarded-for': options.from } }),
  });

const statuses = async (answers: readonly Promise<{ status: number }>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).toSorted((a, b) => a - b);

const times = (count: number, status: number) => Array.from({ length: count }, () => status);

test('an address has so many attempts with several processes as with one, and is told when to come again', async () => {
  await using one = await startTestApi({ AUTH_ATTEMPTS_PER_MINUTE: '5' });
  await using other = await startTestApi({ AUTH_ATTEMPTS_PER_MINUTE: '5', DATABASE_URL: one.databaseUrl });
  const attempts = Array.from({ length: 12 }, (_, n) => logIn(n % 2 === 0 ? one : other, `${n}@example.org`));
  expect(await statuses(attempts)).toEqual([...times(5, 401), ...times(7, 429)]);
  const refused = await logIn(other, 'one.more@example.org');
  const seconds = Number(refused.headers.get('retry-after'));
  expect(refused.body.code).toBe('rate_limited');
  expect(seconds >= 1 && seconds <= 60).toBe(true);
  // Other kinds of attempts have counts of their own, and ordinary requests have none.
  const { token } = await one.register();
  expect(await statuses(Array.from({ length: 12 }, () => one.request('GET', '/files', { token })))).toEqual(
    times(12, 200),
  );
});

test('an account has so many wrong passwords from however many addresses, whether it exists or not', async () => {
  await using api = await startTestApi({
    ACCOUNT_ATTEMPTS_PER_MINUTE: '3',
    TRUSTED_PROXIES: '127.0.0.0/8',
  });
  const { email } = await api.register();
  const attempt = async (account: string) =>
    statuses(Array.from({ length: 6 }, (_, n) => logIn(api, account, { from: `192.0.2.${n}` })));
  expect(await attempt(email)).toEqual([401, 401, 401, 429, 429, 429]);
  expect(await attempt('nobody@example.org')).toEqual([401, 401, 401, 429, 429, 429]);
});

test('a right password forgives the wrong ones before it', async () => {
  await using api = await startTestApi({ ACCOUNT_ATTEMPTS_PER_MINUTE: '3' });
  const { email } = await api.register();
  for (let round = 0; round < 3; round += 1) {
    expect([(await logIn(api, email)).status, (await logIn(api, email)).status]).toEqual([401, 401]);
    expect((await logIn(api, email, { password: 'correct horse' })).status).toBe(200);
  }
});

test('the minute passes, and every address has its own', async () => {
  await using api = await startTestApi({ AUTH_ATTEMPTS_PER_MINUTE: '1', TRUSTED_PROXIES: '127.0.0.1' });
  const from = async (address: string) => (await logIn(api, 'a@example.org', { from: address })).status;
  expect([await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.2')]).toEqual([
    401, 429, 401,
  ]);
  // A network of IPv6 is one household.
  expect([await from('2001:db8::1'), await from('2001:db8::2')]).toEqual([401, 429]);
  await api.sql("UPDATE attempts SET resets_at = resets_at - interval '61 seconds'", []);
  expect(await from('192.0.2.1')).toBe(401);
});

test('what a client says of its address counts only behind a proxy that is trusted', async () => {
  await using api = await startTestApi({ AUTH_ATTEMPTS_PER_MINUTE: '1' });
  const from = async (address: string) => (await logIn(api, 'a@example.org', { from: address })).status;
  expect([await from('192.0.2.1'), await from('192.0.2.2')]).toEqual([401, 429]);
});

test('registering and refreshing are limited as well', async () => {
  await using api = await startTestApi({ AUTH_ATTEMPTS_PER_MINUTE: '2' });
  const { email } = await api.register();
  const attempt = async (path: string, json: unknown) => (await api.request('POST', path, { json })).status;
  const taken = { email, password: 'correct horse' };
  expect([
    await attempt('/users/register', taken),
    await attempt('/users/register', taken),
    await attempt('/users/refresh', { refreshToken: 'x' }),
    await attempt('/users/refresh', { refreshToken: 'x' }),
    await attempt('/users/refresh', { refreshToken: 'x' }),
  ]).toEqual([409, 429, 401, 401, 429]);
});

test('a password that is asked for again is limited for each account', async () => {
  await using api = await startTestApi({ ACCOUNT_ATTEMPTS_PER_MINUTE: '2' });
  const [one, other] = [await api.register(), await api.register()];
  const guess = async (token: string) =>
    (await api.request('POST', '/account/delete', { token, json: { password: 'a guess' } })).status;
  const answers = [await guess(one.token), await guess(one.token), await guess(one.token)];
  expect([...answers, await guess(other.token)]).toEqual([401, 401, 429, 401]);
});

test('an account makes so many share links a minute, and another one is not held up by it', async () => {
  await using api = await startTestApi();
  const [one, other] = [await api.register(), await api.register()];
  await api.upload(one.token, 'a.txt', 'a');
  await api.upload(other.token, 'folder/a.txt', 'a');
  const { id } = (await api.request('GET', '/files', { token: one.token })).body.items[0] ?? { id: '' };
  const makeOne = () => api.request('POST', '/shares', { token: one.token, json: { fileId: id } });
  const answers = await Promise.all(Array.from({ length: 62 }, makeOne));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    ...times(60, 200),
    ...times(2, 429),
  ]);
  const fromOther = await api.request('POST', '/shares', { token: other.token, json: { folder: 'folder' } });
  expect(fromOther.status).toBe(200);
});

test('nothing of who attempted is kept but a hash', async () => {
  await using api = await startTestApi();
  await logIn(api, 'somebody@example.org');
  const rows = await api.sql('SELECT key::text, t::text AS row FROM attempts t', []);
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/somebody|127\.0\.0\.1/);
});
