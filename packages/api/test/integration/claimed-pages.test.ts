import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startTestApi } from '../support/test-api.ts';

test.each(['/files', '/trpc/files.list'])(
  'GET %s: a page is of no session that ends before it is read',
  async (path) => {
    await using api = await startTestApi();
    const { token } = await api.register();
    await api.upload(token, 'secret.txt', 'S');
    const client = new Client({ connectionString: api.databaseUrl });
    await client.connect();
    try {
      await client.query('BEGIN; LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE');
      const answer = api.request('GET', path, { token });
      const isEarly = await Promise.race([answer.then(() => true), delay(500, false)]);
      await client.query('UPDATE sessions SET revoked_at = now(); COMMIT');
      const { status, body } = await answer;
      expect([isEarly, status]).toEqual([false, 401]);
      expect(JSON.stringify(body)).not.toContain('secret.txt');
    } finally {
      await client.end();
    }
  },
);

test.each([0, 3])(
  'a page of %i files: the first use of a session is noted, and one that has ended sees none',
  async (files) => {
    await using api = await startTestApi();
    const { email } = await api.register();
    const logIn = async () => {
      const json = { email, password: 'correct horse' };
      return (await api.request('POST', '/users/login', { json })).body.accessToken;
    };
    const writer = await logIn();
    for (let n = 0; n < files; n += 1) await api.upload(writer, `f${n}`, `content ${n}`);
    const token = await logIn();
    const queries = ['', '?prefix=f', '?status=stored', '?limit=1'];
    const found = await Promise.all(queries.map((query) => api.request('GET', `/files${query}`, { token })));
    expect(found.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(found.map(({ body }) => body.items.length)).toEqual([files, files, files, Math.min(files, 1)]);
    const [row] = await api.sql(
      'SELECT last_seen_at > rotated_at AS noted FROM sessions ORDER BY created_at DESC LIMIT 1',
      [],
    );
    expect(row).toEqual({ noted: true });
    for (const end of [
      "expires_at = now() - interval '1 second'",
      "expires_at = now() + interval '1 day', revoked_at = now()",
    ]) {
      await api.sql(`UPDATE sessions SET ${end}`, []);
      for (const query of [...queries, '?limit=0', '?cursor=nonsense']) {
        const { status, body } = await api.request('GET', `/files${query}`, { token });
        expect([query, status, body.code]).toEqual([query, 401, 'session_ended']);
      }
    }
  },
);
