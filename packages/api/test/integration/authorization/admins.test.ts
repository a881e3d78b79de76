/** The admin pages, by every door: to all but an admin who has logged in to them they are not there. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAdminSessions } from '../../../src/auth/admin-sessions.ts';
import {
  type AdminBrowser,
  browserWith,
  logInAsAdmin,
  PASSWORD,
  setFlag,
} from '../../support/admin-browser.ts';
import { makeToken } from '../../support/make-token.ts';
import { FOR_ADMINS, type Operation, UNKNOWN_ID } from '../../support/operations.ts';
import { sendSlowly } from '../../support/send-slowly.ts';
import { type Answer, startTestApi, TEST_AUTH_SECRET, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let admin: Awaited<ReturnType<TestApi['register']>>;
let user: Awaited<ReturnType<TestApi['register']>>;
let missing: Answer;

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.register();
  user = await api.register();
  missing = await browserWith(api, '').get('/no-such-page');
});
beforeEach(() => setFlag(api, admin.userId, true));
afterAll(() => api[Symbol.asyncDispose]());

const FIELDS: Readonly<Record<string, Record<string, string>>> = {
  'POST /admin/users/{id}/quota': { quota: '1' },
};

const pathOf = ({ path }: Operation): string =>
  path.replace('{queue}', 'sweep').replace('{id}', path.includes('/users/') ? user.userId : UNKNOWN_ID);

const ask = (browser: AdminBrowser, operation: Operation, headers: Record<string, string> = {}) =>
  operation.method === 'GET'
    ? browser.get(pathOf(operation))
    : browser.post(pathOf(operation), FIELDS[operation.name] ?? {}, headers);

/** But for those of the connection, which ends or goes on. */
const namesOf = (headers: Headers) =>
  [...headers.keys()].filter((name) => !['connection', 'keep-alive'].includes(name)).toSorted();

/** As at an address that there is not: the same words and the same headers. */
function expectMissing(answer: Answer): void {
  expect([answer.status, answer.text]).toEqual([404, missing.text]);
  expect(namesOf(answer.headers)).toEqual(namesOf(missing.headers));
  expect(answer.headers.get('content-security-policy')).toBe(missing.headers.get('content-security-policy'));
}

const quotas = () => api.sql('SELECT DISTINCT quota_bytes FROM users', []);

test('there are pages that are for admins', () => {
  expect(FOR_ADMINS.length).toBeGreaterThan(4);
  expect(FOR_ADMINS.filter(({ statuses }) => !statuses.includes('404'))).toEqual([]);
});

describe.each(FOR_ADMINS.map((operation) => [operation.name, operation] as const))(
  '%s',
  (_name, operation) => {
    test('is not there for who brings nothing, a token of the api, or a cookie that is forged', async () => {
      const { secret } = await makeToken(api, admin.token, { scopes: ['read', 'write', 'share'] });
      const foreign = createAdminSessions('x'.repeat(32)).make(UNKNOWN_ID);
      const cookies = ['', 'nonsense', foreign, admin.token, admin.refreshToken, secret];
      for (const cookie of cookies)
        expectMissing(await ask(browserWith(api, `instashare-admin=${cookie}`), operation));
      for (const token of [user.token, admin.token, secret, 'nonsense']) {
        const answer = await fetch(`${api.url}${pathOf(operation)}`, {
          method: operation.method,
          headers: { authorization: `Bearer ${token}`, origin: api.url },
        });
        expect([answer.status, await answer.text()]).toEqual([404, missing.text]);
      }
      expect(await quotas()).toEqual([{ quota_bytes: null }]);
    });

    test('is not there for a session of the api that somebody would sign as one of the pages', async () => {
      for (const { userId } of [user, admin]) {
        const sql = 'SELECT id FROM sessions WHERE user_id = $1 AND NOT for_admin';
        const [session] = await api.sql(sql, [userId]);
        const cookie = createAdminSessions(TEST_AUTH_SECRET).make(String(session?.['id']));
        expectMissing(await ask(browserWith(api, `instashare-admin=${cookie}`), operation));
      }
    });

    test('is not there any more as soon as the flag is withdrawn', async () => {
      const browser = await logInAsAdmin(api, admin.email);
      await setFlag(api, admin.userId, false);
      expectMissing(await ask(browser, operation));
      expectMissing(await browser.get('/admin'));
    });

    test.skipIf(operation.method === 'GET')('takes no form whose flag went while it was sent', async () => {
      const browser = await logInAsAdmin(api, admin.email);
      const slow = sendSlowly(`${api.url}${pathOf(operation)}`, browser.cookie, FIELDS[operation.name] ?? {});
      await slow.begun;
      await setFlag(api, admin.userId, false);
      expect(await slow.finish()).toEqual([404, missing.text]);
      await setFlag(api, admin.userId, true);
      expect(await quotas()).toEqual([{ quota_bytes: null }]);
      expect((await browser.get('/admin/queue')).status).toBe(200);
    });

    test.skipIf(operation.method === 'GET')('takes no form of another page', async () => {
      const browser = await logInAsAdmin(api, admin.email);
      const attempts = [
        { origin: 'https://evil.example.org' },
        { origin: 'null' },
        { origin: api.url, 'sec-fetch-site': 'cross-site' },
        { origin: api.url, 'sec-fetch-site': 'same-site' },
      ];
      for (const headers of attempts) {
        const answer = await ask(browser, operation, headers);
        expect([answer.status, answer.text]).toEqual([
          403,
          expect.stringContaining(`not sent by a page of this server at ${api.url}`),
        ]);
      }
      const silent = await fetch(`${api.url}${pathOf(operation)}`, {
        method: 'POST',
        headers: { cookie: browser.cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'quota=1',
      });
      expect(silent.status).toBe(403);
      expect(await quotas()).toEqual([{ quota_bytes: null }]);
      expect((await browser.get('/admin')).status).toBe(200);
    });
  },
);

test('the cookie lets nobody into the api', async () => {
  const { cookie } = await logInAsAdmin(api, admin.email);
  const value = cookie.replace('instashare-admin=', '');
  const headers = { cookie };
  expect((await api.request('GET', '/files', { headers })).status).toBe(401);
  expect((await api.request('GET', '/files', { token: value })).status).toBe(401);
  expect((await api.request('POST', '/users/refresh', { json: { refreshToken: value } })).status).toBe(401);
});

test('a stranger is asked who it is, but not where nobody is an admin', async () => {
  const stranger = browserWith(api, '');
  const form = await stranger.get('/admin');
  expect([form.status, form.text]).toEqual([200, expect.stringContaining('action="/admin/login"')]);
  const bearer = { authorization: `Bearer ${user.token}` };
  expect((await api.request('GET', '/admin', { headers: bearer })).text).toBe(form.text);
  const elsewhere = { origin: 'https://evil.example.org' };
  const credentials = { email: admin.email, password: PASSWORD };
  expect((await stranger.post('/admin/login', credentials, elsewhere)).status).toBe(403);

  await setFlag(api, admin.userId, false);
  expectMissing(await stranger.get('/admin'));
  expectMissing(await stranger.post('/admin/login', credentials));
});

test('no request makes an admin', async () => {
  const json = { email: 'eve@example.org', password: PASSWORD, isAdmin: true, is_admin: true };
  expect((await api.request('POST', '/users/register', { json })).status).toBe(200);
  const [row] = await api.sql("SELECT is_admin FROM users WHERE email = 'eve@example.org'", []);
  expect(row).toEqual({ is_admin: false });
});
