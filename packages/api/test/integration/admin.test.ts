import { randomUUID } from 'node:crypto';
import { createLog } from '@instashare/backend/log';
import { createJobQueue, createJobWorker } from '@instashare/backend/queue';
import { isRedisInstalled, type RedisServer, startRedis } from '@instashare/backend/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import {
  type AdminBrowser,
  browserWith,
  cookieOf,
  logInAsAdmin,
  PASSWORD,
  setFlag,
} from '../support/admin-browser.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const log = createLog({ name: 'test', level: 'silent' });

/** Has a job fail for good, with this reason. */
async function failAJob(api: TestApi, redisUrl: string | null, reason: string): Promise<void> {
  const connection = { databaseUrl: api.databaseUrl, redisUrl, log };
  await using stack = new AsyncDisposableStack();
  const queue = stack.use(await createJobQueue(connection));
  const handlers = {
    'compress-blobs': async () => {},
    'deliver-webhook': async () => {},
    'recount-quota': async () => {
      throw new Error(reason);
    },
    sweep: async () => {},
  };
  const abandonBlobs = async () => {};
  stack.use(await createJobWorker({ ...connection, concurrency: 1, handlers, abandonBlobs }));
  await queue.enqueue('recount-quota', {});
  const failed = async () => (await queue.backlog('recount-quota')).failed;
  await vi.waitFor(async () => expect(await failed()).toBe(1), { timeout: 15_000 });
}

function describeAdmin(backend: string, startRedisUrl: () => string | null): void {
  describe(`the admin pages, with the queue in ${backend}`, () => {
    let api: TestApi;
    let admin: { userId: string; email: string; token: string };
    let browser: AdminBrowser;
    beforeAll(async () => {
      const redisUrl = startRedisUrl();
      api = await startTestApi(redisUrl === null ? {} : { REDIS_URL: redisUrl });
      admin = await api.register();
      await setFlag(api, admin.userId, true);
    });
    afterAll(() => api[Symbol.asyncDispose]());
    afterEach(() => setFlag(api, admin.userId, true));

    test('an admin logs in, sees what there is, and sets a quota that holds', async () => {
      const user = await api.register();
      await api.upload(user.token, 'a.txt', 'some text');
      browser = await logInAsAdmin(api, admin.email);
      const page = await browser.get('/admin');
      expect(page.status).toBe(200);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('x-robots-tag')).toContain('noindex');
      expect(page.headers.get('content-security-policy')).toMatch(
        /default-src 'none'; .*frame-ancestors 'none'/,
      );
      expect(page.text).not.toContain('<script');
      expect(page.text).toContain('<dt>Users</dt><dd>2</dd>');
      expect(page.text).toContain('<dt>Files</dt><dd>1<');
      expect(page.text).toContain('<dt>Free on disk</dt>');

      const set = await browser.post(`/admin/users/${user.userId}/quota`, { quota: '10', after: 'a' });
      expect([set.status, set.headers.get('location')]).toEqual([303, '/admin?after=a']);
      expect((await api.upload(user.token, 'b.txt', 'more text')).body.code).toBe('quota_exceeded');
      await browser.post(`/admin/users/${user.userId}/quota`, { quota: ' 1.5 GB ' });
      expect((await api.upload(user.token, 'b.txt', 'more text')).status).toBe(200);
      expect((await browser.get(`/admin?account=${user.email}`)).text).toContain('value="1.5 GB"');
      await browser.post(`/admin/users/${user.userId}/quota`, { quota: '' });
      const [row] = await api.sql('SELECT quota_bytes FROM users WHERE id = $1', [user.userId]);
      expect(row).toEqual({ quota_bytes: null });

      // What makes no sense changes nothing, wherever in the form it is.
      for (const fields of [{ after: 'a\0' }, { account: 'x'.repeat(255) }]) {
        const refused = await browser.post(`/admin/users/${user.userId}/quota`, { quota: '7', ...fields });
        expect(refused.status).toBe(400);
      }
      expect(await api.sql('SELECT quota_bytes FROM users WHERE id = $1', [user.userId])).toEqual([
        { quota_bytes: null },
      ]);
      for (const path of ['/admin?account=%00', '/admin?after=a%00b', '/admin/queue?queue=%00'])
        expect((await browser.get(path)).status).toBe(400);
      expect((await browser.post('/admin/queue/sweep/jobs/%00/retry')).status).toBe(400);
      for (const name of [user.userId, user.email.toUpperCase()])
        expect((await browser.get(`/admin?account=${name}`)).text).toContain(user.email);

      const wrong = await browser.post(`/admin/users/${user.userId}/quota`, { quota: '<lots>' });
      expect([wrong.status, wrong.text]).toEqual([
        400,
        expect.stringContaining('&quot;&lt;lots&gt;&quot; is no number'),
      ]);
      const nobody = await browser.post(`/admin/users/${randomUUID()}/quota`, { quota: '1' });
      expect(nobody.status).toBe(404);

      const kinds = (of: string) =>
        api.sql(
          'SELECT kind, address, details FROM audit_events WHERE user_id = $1 ORDER BY id DESC LIMIT 1',
          [of],
        );
      expect(await kinds(user.userId)).toEqual([
        { kind: 'quota_changed', address: null, details: { quotaBytes: 'none' } },
      ]);
      expect(await kinds(admin.userId)).toEqual([
        {
          kind: 'admin_set_quota',
          address: expect.any(String) as unknown,
          details: { account: user.email, quotaBytes: 'none' },
        },
      ]);
    });

    test('a job that failed is shown with its reason, and is tried again', async () => {
      await failAJob(api, startRedisUrl(), 'the <disk> is in a bad way');
      browser = await logInAsAdmin(api, admin.email);
      expect((await browser.get('/admin')).text).toContain('<dt>Failed jobs</dt><dd class="bad">1</dd>');
      const shown = await browser.get('/admin/queue');
      expect(shown.status).toBe(200);
      expect(shown.text).toContain('the &lt;disk&gt; is in a bad way');
      const action = /action="([^"]+\/jobs\/[^"]+\/retry)"/.exec(shown.text)?.[1] ?? '';
      const retried = await browser.post(action);
      expect([retried.status, retried.headers.get('location')]).toEqual([
        303,
        '/admin/queue?queue=recount-quota&state=failed#jobs',
      ]);
      expect((await browser.get('/admin/queue?queue=recount-quota')).text).toContain('<p>None.</p>');
      const waiting = await browser.get('/admin/queue?queue=recount-quota&state=waiting');
      expect(waiting.text.match(/<li>/g)).toHaveLength(1);
      // A second click finds nothing to do.
      expect((await browser.post(action)).status).toBe(303);
      const trail = await api.sql(
        "SELECT details->>'queue' AS queue, details->'jobs' AS jobs FROM audit_events WHERE kind = 'admin_retried_jobs'",
        [],
      );
      expect(trail).toEqual([{ queue: 'recount-quota', jobs: 1 }]);
      expect((await browser.post('/admin/queue/recount-quota/retry')).status).toBe(303);
      expect((await browser.get('/admin/queue?queue=nothing')).status).toBe(400);
      expect((await browser.post('/admin/queue/nothing/retry')).status).toBe(400);
    });
  });
}

describeAdmin('PostgreSQL', () => null);

describe.skipIf(!isRedisInstalled() && process.env['CI'] === undefined)('on Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis[Symbol.asyncDispose]());
  describeAdmin('Redis', () => redis.url);
});

describe('a log-in to the admin pages', () => {
  let api: TestApi;
  let admin: { userId: string; email: string; token: string };
  beforeAll(async () => {
    api = await startTestApi({ ACCOUNT_ATTEMPTS_PER_MINUTE: '5' });
    admin = await api.register();
    await setFlag(api, admin.userId, true);
  });
  afterAll(() => api[Symbol.asyncDispose]());

  test('is refused in the same words to who is no admin, and counts with all other log-ins', async () => {
    const user = await api.register();
    const give = (email: string, password: string) =>
      browserWith(api, '').post('/admin/login', { email, password });
    const failures = () =>
      api.sql(
        "SELECT details FROM audit_events WHERE kind = 'log_in_failed' AND user_id = ANY($1) ORDER BY id",
        [[user.userId, admin.userId]],
      );
    const [noAdmin, wrong, nobody] = [
      await give(user.email, PASSWORD),
      await give(admin.email, 'wrong'),
      await give('nobody@example.org', PASSWORD),
    ];
    expect([noAdmin.status, wrong.status, nobody.status]).toEqual([401, 401, 401]);
    expect(wrong.text).toContain('The e-mail address or the password is wrong');
    expect([noAdmin.text, nobody.text]).toEqual([wrong.text, wrong.text]);
    expect([cookieOf(noAdmin), cookieOf(wrong)]).toEqual(['', '']);
    expect(await failures()).toEqual([
      { details: { where: 'admin pages', why: 'not an admin' } },
      { details: { where: 'admin pages' } },
    ]);
    for (let at = 0; at < 4; at += 1)
      await api.request('POST', '/users/login', { json: { email: user.email, password: 'wrong' } });
    const limited = await give(user.email, PASSWORD);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([
      429,
      expect.stringMatching(/^\d+$/),
    ]);
  });

  test('is one of the sessions of the account, which can be revoked like any other', async () => {
    const browser = await logInAsAdmin(api, admin.email);
    const listed = await api.request('GET', '/sessions', { token: admin.token });
    const [own] = sessionsSchema.parse(JSON.parse(listed.text)).items;
    expect(own).toMatchObject({ deviceName: 'Admin pages' });
    const leftMs = Date.parse(own?.expiresAt ?? '') - Date.now();
    expect(leftMs).toBeLessThanOrEqual(60 * 60_000);
    const kinds = await api.sql(
      'SELECT kind, session_id FROM audit_events WHERE user_id = $1 ORDER BY id DESC LIMIT 1',
      [admin.userId],
    );
    expect(kinds).toEqual([{ kind: 'admin_logged_in', session_id: own?.id }]);

    await api.request('DELETE', `/sessions/${own?.id}`, { token: admin.token });
    for (const path of ['/admin', '/admin/queue']) {
      const ended = await browser.get(path);
      expect([ended.status, ended.text]).toEqual([401, expect.stringContaining('This session has ended')]);
      expect(ended.text).toContain('action="/admin/login"');
    }
  });

  test('lets in whatever a proxy says of itself, and whoever has set a cookie of that name before', async () => {
    const { cookie } = await logInAsAdmin(api, admin.email);
    const before = await logInAsAdmin(api, admin.email);
    await before.post('/admin/logout');
    const several = `instashare-admin=nonsense; ${before.cookie}; ${cookie}`;
    for (const headers of [
      { authorization: 'Basic b3BlcmF0b3I6cHJveHk=' },
      { authorization: 'nonsense' },
      {},
    ]) {
      const answer = await fetch(`${api.url}/admin/queue`, { headers: { cookie: several, ...headers } });
      expect([headers, answer.status]).toEqual([headers, 200]);
    }
  });

  test('ends the one before in the same browser', async () => {
    const before = await logInAsAdmin(api, admin.email);
    const elsewhere = await logInAsAdmin(api, admin.email);
    const again = await before.post('/admin/login', { email: admin.email, password: PASSWORD });
    expect(again.status).toBe(303);
    expect((await before.get('/admin/queue')).status).toBe(401);
    expect((await elsewhere.get('/admin/queue')).status).toBe(200);
    expect((await browserWith(api, cookieOf(again)).get('/admin/queue')).status).toBe(200);
    const kinds = await api.sql(
      'SELECT kind, session_id FROM audit_events WHERE user_id = $1 ORDER BY id DESC LIMIT 2',
      [admin.userId],
    );
    expect(kinds).toEqual([
      { kind: 'admin_logged_in', session_id: sessionIdOf(browserWith(api, cookieOf(again))) },
      { kind: 'logged_out', session_id: sessionIdOf(before) },
    ]);
  });

  test('takes no form of another address than PUBLIC_URL, and says which one to open', async () => {
    await using behind = await startTestApi({ PUBLIC_URL: 'https://files.example.org/share' });
    const user = await behind.register();
    await setFlag(behind, user.userId, true);
    const give = (origin: string) =>
      browserWith(behind, '').post('/admin/login', { email: user.email, password: PASSWORD }, { origin });
    const wrong = await give('http://10.0.0.1:8321');
    expect([wrong.status, cookieOf(wrong), wrong.text]).toEqual([
      403,
      '',
      expect.stringContaining('<a href="https://files.example.org/share/admin">'),
    ]);
    expect((await give('https://files.example.org')).headers.get('set-cookie')).toContain('; Secure');
  });

  test('ends by itself after an hour, by logging out, and by a change of the password', async () => {
    const [late, out, changed] = [
      await logInAsAdmin(api, admin.email),
      await logInAsAdmin(api, admin.email),
      await logInAsAdmin(api, admin.email),
    ];
    await api.sql('UPDATE sessions SET expires_at = now() WHERE id = $1', [sessionIdOf(late)]);
    expect((await late.get('/admin/queue')).status).toBe(401);
    const gone = await out.post('/admin/logout');
    expect([gone.status, gone.headers.get('set-cookie')]).toEqual([
      303,
      'instashare-admin=; Path=/admin; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Strict',
    ]);
    expect((await out.get('/admin/queue')).status).toBe(401);
    const json = { currentPassword: PASSWORD, newPassword: 'another horse' };
    await api.request('POST', '/account/password', { token: admin.token, json });
    expect((await changed.get('/admin/queue')).status).toBe(401);
  });
});

const sessionIdOf = ({ cookie }: AdminBrowser): string => /=([0-9a-f-]{36})\./.exec(cookie)?.[1] ?? '';

const sessionsSchema = z.object({
  items: z.array(z.object({ id: z.string(), deviceName: z.string().nullable(), expiresAt: z.string() })),
});
