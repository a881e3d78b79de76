import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from '../support/test-api.ts';

/** With what a text of PostgreSQL must be careful about. */
const PATHS = Array.from({ length: 40 }, (_, index) => `folder "${index}"/{a,b}/NULL \\ 'ü' 🙂.html`);
const countSchema = z.object({ count: z.coerce.number() });

/** The first use of a session is noted by itself: here it was used. */
async function registerAndUse(api: TestApi) {
  const user = await api.register();
  await api.request('GET', '/files', { token: user.token });
  return user;
}

/** Who has the account's row, so that its uploads wait for it. */
async function holdAccount(api: TestApi, userId: string) {
  const client = new Client({ connectionString: api.databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [userId]);
  return { query: client.query.bind(client), [Symbol.asyncDispose]: () => client.end() };
}

/** How many statements wait for a lock, once some do and all requests have come. */
async function waitingStatements(api: TestApi): Promise<number> {
  const count = async () => {
    const [row] = await api.sql(
      `SELECT count(*) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INTO uploads%'`,
      [],
    );
    return countSchema.parse(row).count;
  };
  while ((await count()) < 2) await delay(10);
  await delay(300);
  return count();
}

/** Creates uploads while the account's row is held, and does `meanwhile` before it is let go of, when two statements wait. */
async function createWhileHeld(
  api: TestApi,
  uploads: readonly object[],
  meanwhile: (userId: string) => readonly [string, readonly unknown[]] | null = () => null,
) {
  const { token, userId } = await registerAndUse(api);
  await using held = await holdAccount(api, userId);
  const answers = uploads.map((json) => api.request('POST', '/uploads', { token, json }));
  expect(await waitingStatements(api)).toBe(2);
  const change = meanwhile(userId);
  if (change !== null) await held.query(change[0], [...change[1]]);
  await held.query('COMMIT');
  return { userId, answers: await Promise.all(answers) };
}

const UPLOADS = PATHS.map((path, index) => {
  const modifiedAt = index % 2 === 0 ? undefined : new Date(index * 1000).toISOString();
  return { path, sizeBytes: index, modifiedAt };
});

test('uploads of one account that are created at once are written by a few statements, each as it was asked for', async () => {
  await using api = await startTestApi();
  const { answers, userId } = await createWhileHeld(api, UPLOADS);
  const ids = answers.map(({ status, body }) => (status === 200 ? body.upload.id : ''));
  const rows = await api.sql(
    `SELECT id, path, size_bytes, reserved_bytes, content_type, object_key, extract(epoch FROM modified_at)::int AS modified
     FROM uploads ORDER BY size_bytes`,
    [],
  );
  expect(rows).toEqual(
    PATHS.map((path, index) => ({
      id: ids[index],
      path,
      size_bytes: `${index}`,
      reserved_bytes: `${index}`,
      content_type: 'text/html',
      object_key: `${userId}/${ids[index]}`,
      modified: index % 2 === 0 ? null : index,
    })),
  );
  const [booked] = await api.sql('SELECT used_bytes FROM users WHERE id = $1', [userId]);
  expect(booked).toEqual({ used_bytes: `${(39 * 40) / 2}` });
});

test('a session that ends while uploads wait opens none of those whose statement was not sent', async () => {
  await using api = await startTestApi();
  const { answers } = await createWhileHeld(api, UPLOADS, (userId) => [
    'UPDATE sessions SET revoked_at = now() WHERE user_id = $1',
    [userId],
  ]);
  const ended = answers.filter(({ body }) => body.code === 'session_ended');
  const [open] = await api.sql('SELECT count(*) FROM uploads', []);
  expect(countSchema.parse(open).count + ended.length).toBe(PATHS.length);
  // The two statements that waited had seen it live.
  expect(ended.length).toBeGreaterThan(0);
});

test('S7: of uploads that are written together, and for which there is no room together, each that has room is opened', async () => {
  await using api = await startTestApi();
  const small = Array.from({ length: 20 }, (_, index) => ({ path: `small ${index}`, sizeBytes: 4 }));
  const uploads = [...small.slice(0, 10), { path: 'large', sizeBytes: 1000 }, ...small.slice(10)];
  const { answers, userId } = await createWhileHeld(api, uploads, (id) => [
    'UPDATE users SET quota_bytes = 100 WHERE id = $1',
    [id],
  ]);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.map(({ body }) => body.code)).toEqual(['quota_exceeded']);
  const [row] = await api.sql(
    `SELECT used_bytes::int AS used, (SELECT count(*)::int FROM uploads) AS uploads,
            (SELECT max(size_bytes)::int FROM uploads) AS largest
     FROM users WHERE id = $1`,
    [userId],
  );
  expect(row).toEqual({ used: 80, uploads: 20, largest: 4 });
});
