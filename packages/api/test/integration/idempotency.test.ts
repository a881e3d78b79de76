import { createTokenResultSchema } from '@instashare/contracts';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { type Answer, sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

const post = (
  api: TestApi,
  path: string,
  { token, key, json }: { token: string; key: string; json: object },
) => api.request('POST', path, { token, json, headers: { 'idempotency-key': key } });

const codeOf = ({ status, body }: Answer) => [status, body.code];
const count = async (api: TestApi, table: 'shares' | 'uploads' | 'personal_access_tokens' | 'webhooks') =>
  (await api.sql(`SELECT count(*)::int AS count FROM ${table}`, []))[0]?.['count'];

test('the same request with the same key is answered the same, and nothing is made twice', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await api.upload(token, 'folder/a.txt', 'a');
  for (const [path, json, table, before] of [
    ['/tokens', { name: 'script', scopes: ['read'] }, 'personal_access_tokens', 0],
    ['/shares', { folder: 'folder', password: 'open sesame' }, 'shares', 0],
    ['/webhooks', { url: 'https://example.org/hook' }, 'webhooks', 0],
    ['/uploads', { path: 'b.txt', sizeBytes: 3 }, 'uploads', 1],
    ['/uploads', { path: 'c.txt', sizeBytes: 1, sha256: sha256Of('a') }, 'uploads', 2],
  ] as const) {
    const request = { token, key: `${table}-${before}`, json };
    const first = await post(api, path, request);
    const again = await post(api, path, request);
    expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
    expect(await count(api, table)).toBe(before + (path === '/uploads' && 'sha256' in json ? 0 : 1));
  }
  const other = await post(api, '/tokens', {
    token,
    key: 'other',
    json: { name: 'script', scopes: ['read'] },
  });
  expect([other.status, await count(api, 'personal_access_tokens')]).toEqual([200, 2]);
});

test('another request with the key is refused, whatever differs: body, address or condition', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await post(api, '/uploads', { token, key: 'k', json: { path: 'a', sizeBytes: 1 } });
  const json = { path: 'a', sizeBytes: 1 };
  const others = [
    await post(api, '/uploads', { token, key: 'k', json: { ...json, sizeBytes: 2 } }),
    await post(api, '/tokens', { token, key: 'k', json: { name: 'a', scopes: ['read'] } }),
    await api.request('POST', '/uploads', {
      token,
      json,
      headers: { 'idempotency-key': 'k', 'if-none-match': '*' },
    }),
  ];
  expect(others.map(codeOf)).toEqual(others.map(() => [422, 'idempotency_key_reused']));
  expect(others[0]?.body.issues[0]?.path).toEqual(['Idempotency-Key']);
});

test('a key is its user’s alone', async () => {
  await using api = await startTestApi();
  const [ada, bob] = [await api.register(), await api.register()];
  const json = { name: 'mine', scopes: ['read'] };
  const first = await post(api, '/tokens', { token: ada.token, key: 'k', json });
  const second = await post(api, '/tokens', { token: bob.token, key: 'k', json });
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.text).not.toBe(first.text);
});

test('of many at once one creates; the others are told to come again, and then get its answer', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const request = { token, key: 'k', json: { folder: 'docs' } };
  await api.upload(token, 'docs/a.txt', 'a');
  const client = new Client({ connectionString: api.databaseUrl });
  await client.connect();
  try {
    // The first of them is held up until all others have their answer.
    await client.query('BEGIN; LOCK TABLE shares IN ACCESS EXCLUSIVE MODE');
    const answers: Answer[] = [];
    const asked = Array.from({ length: 8 }, async () => answers.push(await post(api, '/shares', request)));
    await expect.poll(() => answers.length).toBe(7);
    expect(answers.map((answer) => [...codeOf(answer), answer.headers.get('retry-after')])).toEqual(
      answers.map(() => [409, 'request_in_progress', '1']),
    );
    await client.query('COMMIT');
    await Promise.all(asked);
    const made = answers.at(-1);
    expect(made?.status).toBe(200);
    expect((await post(api, '/shares', request)).text).toBe(made?.text);
  } finally {
    await client.end();
  }
  expect(await count(api, 'shares')).toBe(1);
});

test('a request that failed gives its key up; one whose process died does so after a minute, and then is made once', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const request = { token, key: 'k', json: { folder: 'docs' } };
  expect(codeOf(await post(api, '/shares', request))).toEqual([404, 'folder_not_found']);
  await api.upload(token, 'docs/a.txt', 'a');
  expect((await post(api, '/shares', request)).status).toBe(200);

  // As a process leaves it that dies before it has made anything: claimed, and not answered.
  await api.sql('DELETE FROM shares', []);
  await api.sql("UPDATE idempotency_keys SET answer = NULL, claimed_until = now() + interval '1 minute'", []);
  expect(codeOf(await post(api, '/shares', request))).toEqual([409, 'request_in_progress']);
  await api.sql("UPDATE idempotency_keys SET claimed_until = now() - interval '1 second'", []);
  const [first, again] = [await post(api, '/shares', request), await post(api, '/shares', request)];
  expect([first.status, again.text, await count(api, 'shares')]).toEqual([200, first.text, 1]);
});

test('what lost its claim while it worked makes nothing', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await api.upload(token, 'docs/a.txt', 'a');
  await api.sql(
    `CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       UPDATE idempotency_keys SET claim_id = gen_random_uuid(); RETURN NEW; END $$`,
    [],
  );
  await api.sql('CREATE TRIGGER lose AFTER INSERT ON shares EXECUTE FUNCTION lose()', []);
  const lost = await post(api, '/shares', { token, key: 'k', json: { folder: 'docs' } });
  expect([...codeOf(lost), await count(api, 'shares')]).toEqual([409, 'request_in_progress', 0]);
});

test('after a day the key is free again, and what is kept tells no secret', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const request = { token, key: 'my-key', json: { name: 'script', scopes: ['read'] } };
  const first = await post(api, '/tokens', request);
  const [row] = await api.sql(
    "SELECT *, expires_at - now() > interval '23 hours' AS long FROM idempotency_keys",
    [],
  );
  const kept = Object.values(row ?? {}).map((value) =>
    Buffer.isBuffer(value) ? value.toString('latin1') : String(value),
  );
  const { token: secret } = createTokenResultSchema.parse(first.body);
  expect(row?.['long']).toBe(true);
  expect(kept.length).toBeGreaterThan(5);
  for (const told of [secret, 'my-key', 'script']) {
    expect(kept.join(' ')).not.toContain(told);
  }
  await api.sql("UPDATE idempotency_keys SET expires_at = now() - interval '1 second'", []);
  const later = await post(api, '/tokens', { ...request, json: { name: 'another', scopes: ['read'] } });
  expect(later.status).toBe(200);
});

test.each([' ', 'ü', 'x'.repeat(256), 'two words'])('the key %j is refused', async (key) => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') };
  const answer = await api.request('POST', '/tokens', {
    token,
    json: { name: 'a', scopes: ['read'] },
    headers,
  });
  expect([answer.status, answer.body.issues[0]?.path]).toEqual([400, ['Idempotency-Key']]);
});
