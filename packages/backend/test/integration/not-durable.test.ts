import { createTestDatabase } from '@instashare/backend/testing';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { NOT_DURABLE } from '../../src/database/repositories/query.ts';

test('a statement that does not wait for the disk leaves those after it as they were', async () => {
  await using database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const settingIn = async (sql: string): Promise<unknown> => {
      const { rows } = await client.query<{ setting: string }>(sql);
      return rows[0]?.setting;
    };
    await client.query('SET synchronous_commit = on');
    const changed = await settingIn(
      `WITH made AS (INSERT INTO users (id, email, password_hash)
                     SELECT uuidv7(), 'a@example.org', '-' FROM ${NOT_DURABLE} RETURNING id)
       SELECT current_setting('synchronous_commit') AS setting FROM made`,
    );
    const after = await settingIn(`SELECT current_setting('synchronous_commit') AS setting`);
    expect([changed, after]).toEqual(['off', 'on']);
  } finally {
    await client.end();
  }
});
