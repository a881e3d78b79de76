import {
  createTokenResultSchema,
  listTokensResultSchema,
  MAX_TOKENS_PER_ACCOUNT,
} from '@instashare/contracts';
import { expect, test } from 'vitest';
import { makeToken } from '../support/make-token.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const list = async (api: TestApi, token: string) =>
  listTokensResultSchema.parse((await api.request('GET', '/tokens', { token })).body).items;

test('a token is told once, and works wherever an access token does', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const json = { name: 'nightly backup', scopes: ['read', 'write'] };
  const made = createTokenResultSchema.parse((await api.request('POST', '/tokens', { token, json })).body);
  expect(made.token).toMatch(/^isp_[\w-]{43}$/);
  expect(made.details).toMatchObject({ ...json, expiresAt: null, lastUsedAt: null });

  const uploaded = await api.upload(made.token, 'a.txt', 'sent with a token');
  expect(uploaded.status).toBe(200);
  const { id } = uploaded.body.file;
  expect((await api.request('GET', `/files/${id}/content`, { token: made.token })).text).toBe(
    'sent with a token',
  );
  const overTrpc = await api.request('GET', '/trpc/files.list?input={}', { token: made.token });
  expect([overTrpc.status, overTrpc.text.includes(id)]).toEqual([200, true]);

  const listed = await api.request('GET', '/tokens', { token });
  expect(listed.text).not.toContain(made.token);
  const rows = JSON.stringify(await api.sql('SELECT * FROM personal_access_tokens', []));
  expect(rows).not.toContain(made.token);
});

test('a revoked token stops at once, and an expired one with its time', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const taken = await makeToken(api, token, { scopes: ['read'] });
  const soon = new Date(Date.now() + 60_000).toISOString();
  const late = await makeToken(api, token, { scopes: ['read'], expiresAt: soon });
  const status = async (secret: string) => (await api.request('GET', '/files', { token: secret })).status;
  expect([await status(taken.secret), await status(late.secret)]).toEqual([200, 200]);

  expect((await api.request('DELETE', `/tokens/${taken.id}`, { token })).status).toBe(200);
  await api.sql('UPDATE personal_access_tokens SET expires_at = now()', []);
  expect([await status(taken.secret), await status(late.secret)]).toEqual([401, 401]);
  expect((await api.request('DELETE', `/tokens/${taken.id}`, { token })).body.code).toBe('token_not_found');
  expect((await list(api, token)).map(({ id }) => id)).toEqual([late.id]);
});

test('its last use is noted once a minute, not at every request', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const { secret } = await makeToken(api, token, { scopes: ['read'] });
  const use = () => api.request('GET', '/files', { token: secret });
  const writes = async () => {
    const [row] = await api.sql('SELECT xmin::text FROM personal_access_tokens', []);
    return row?.['xmin'];
  };
  await Promise.all(Array.from({ length: 10 }, use));
  const [used] = await list(api, token);
  expect(Date.parse(used?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 30_000);

  const before = await writes();
  await Promise.all(Array.from({ length: 10 }, use));
  expect(await writes()).toBe(before);
  await api.sql("UPDATE personal_access_tokens SET last_used_at = last_used_at - interval '61 seconds'", []);
  const older = await writes();
  await use();
  expect(await writes()).not.toBe(older);
});

test.each([
  [{ name: '', scopes: ['read'] }, 'name'],
  [{ name: 'a', scopes: [] }, 'scopes'],
  [{ name: 'a', scopes: ['read', 'read'] }, 'scopes'],
  [{ name: 'a', scopes: ['admin'] }, 'scopes'],
  [{ name: 'a', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  [{ name: 'a', scopes: ['read'], expiresAt: 'tomorrow' }, 'expiresAt'],
])('%j is refused, and %s named', async (json, field) => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const { status, body } = await api.request('POST', '/tokens', { token, json });
  expect([status, body.code, body.issues[0]?.path[0]]).toEqual([400, 'invalid_input', field]);
});

test('an account has so many tokens and no more, however many are asked for at once', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  await api.sql(
    `INSERT INTO personal_access_tokens (id, user_id, name, token_sha256, scopes, created_at)
     SELECT gen_random_uuid(), $1, 'x', sha256(n::text::bytea), '{read}', now() FROM generate_series(1, $2) n`,
    [userId, MAX_TOKENS_PER_ACCOUNT - 1],
  );
  const json = { name: 'one more', scopes: ['read'] };
  const answers = await Promise.all([1, 2, 3].map(() => api.request('POST', '/tokens', { token, json })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('limit_reached');
});
