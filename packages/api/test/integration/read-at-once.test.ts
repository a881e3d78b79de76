import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startTestApi } from '../support/test-api.ts';

test.each(['/files', '/trpc/files.list'])(
  'GET %s: a page that was read while the session was looked up is kept back until that is known',
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
