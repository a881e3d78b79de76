import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestApi } from '../support/test-api.ts';

test('a refresh repeated within the grace gives the same token; an older one ends the session', async () => {
  await using api = await startTestApi();
  const { refreshToken } = await api.register();
  const refresh = (token: string) => api.request('POST', '/users/refresh', { json: { refreshToken: token } });

  const [first, repeated] = [await refresh(refreshToken), await refresh(refreshToken)];
  expect(first.status).toBe(200);
  expect(repeated.body.refreshToken).toBe(first.body.refreshToken);
  const second = await refresh(first.body.refreshToken);
  expect(second.status).toBe(200);

  const reused = await refresh(refreshToken);
  expect([reused.status, reused.body.code]).toEqual([401, 'session_ended']);
  expect((await refresh(second.body.refreshToken)).body.code).toBe('session_ended');
  expect((await api.request('GET', '/users/me', { token: second.body.accessToken })).body.code).toBe(
    'session_ended',
  );
});

test('C13: an answer that was lost is given again however late, until something of it was used', async () => {
  await using api = await startTestApi();
  const { refreshToken } = await api.register();
  const refresh = (token: string) => api.request('POST', '/users/refresh', { json: { refreshToken: token } });
  const graceIsOver = () =>
    api.sql(
      `UPDATE sessions SET rotated_at = rotated_at - interval '1 day', last_seen_at = last_seen_at - interval '1 day'`,
      [],
    );

  const lost = await refresh(refreshToken);
  await graceIsOver();
  const again = await refresh(refreshToken);
  expect([again.status, again.body.refreshToken]).toEqual([200, lost.body.refreshToken]);

  expect((await api.request('GET', '/users/me', { token: again.body.accessToken })).status).toBe(200);
  await graceIsOver();
  const stolen = await refresh(refreshToken);
  expect([stolen.status, stolen.body.code]).toEqual([401, 'session_ended']);
});

test('many refreshes of one token at once all give the same answer', async () => {
  await using api = await startTestApi();
  const { refreshToken } = await api.register();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => api.request('POST', '/users/refresh', { json: { refreshToken } })),
  );
  expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});

test.each(['/uploads', '/trpc/uploads.create'])(
  'POST %s sees by itself that the session lives: that it is used is noted, and where it has ended nothing is left',
  async (path) => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    const create = () => api.request('POST', path, { token, json: { path: 'a', sizeBytes: 5 } });
    const left = async () => {
      const [row] = await api.sql(
        `SELECT (SELECT bool_and(last_seen_at > rotated_at) FROM sessions) AS "isNoted",
                (SELECT count(*)::integer FROM uploads) AS uploads, used_bytes::integer AS "usedBytes" FROM users`,
        [],
      );
      const parts = (await readdir(join(api.dataDir, 'objects', userId))).length;
      return { ...row, parts };
    };
    expect((await create()).status).toBe(200);
    expect(await left()).toEqual({ isNoted: true, uploads: 1, usedBytes: 5, parts: 1 });
    expect((await create()).status).toBe(200);
    const before = await left();
    expect(before).toEqual({ isNoted: true, uploads: 2, usedBytes: 10, parts: 2 });
    for (const end of [
      "expires_at = now() - interval '1 second'",
      "expires_at = now() + interval '1 day', revoked_at = now()",
    ]) {
      await api.sql(`UPDATE sessions SET ${end}`, []);
      for (const { json, headers } of [
        { json: { path: 'a', sizeBytes: 5 } },
        { json: { path: '../a', sizeBytes: -1 } },
        { json: { path: 'a', sizeBytes: 2 ** 50 } },
        { json: { path: 'a', sizeBytes: 5, ifVersion: 9 } },
        { json: { path: 'a', sizeBytes: 5 }, headers: { 'idempotency-key': 'K' } },
      ]) {
        const { status, text } = await api.request('POST', path, {
          token,
          json,
          ...(headers && { headers }),
        });
        expect([json, status, text.includes('session_ended')]).toEqual([json, 401, true]);
      }
      expect(await left()).toEqual(before);
    }
  },
);

test('logged out is logged out at once', async () => {
  await using api = await startTestApi();
  const { token, refreshToken } = await api.register();
  expect((await api.request('POST', '/users/logout', { token })).status).toBe(200);
  expect((await api.request('GET', '/users/me', { token })).body.code).toBe('session_ended');
  const refreshed = await api.request('POST', '/users/refresh', { json: { refreshToken } });
  expect(refreshed.body.code).toBe('session_ended');
});

test('a wrong password and an unknown address get the same answer', async () => {
  await using api = await startTestApi();
  const { email } = await api.register();
  const logIn = (address: string, password: string) =>
    api.request('POST', '/users/login', { json: { email: address, password } });
  const [wrong, unknown] = [
    await logIn(email, 'not my password'),
    await logIn('no@example.org', 'correct horse'),
  ];
  expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
  expect((await logIn(email.toUpperCase(), 'correct horse')).status).toBe(200);
});

test('too many attempts from one address are slowed down', async () => {
  await using api = await startTestApi({ AUTH_ATTEMPTS_PER_MINUTE: '3' });
  const attempt = () =>
    api.request('POST', '/users/login', { json: { email: 'a@example.org', password: 'some password' } });
  const answers = [await attempt(), await attempt(), await attempt(), await attempt()];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
  expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
});
