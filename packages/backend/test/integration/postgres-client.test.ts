import { once } from 'node:events';
import { collectGarbage, createTestDatabase } from '@instashare/backend/testing';
import { Client, DatabaseError, Query } from 'pg';
import { expect, test } from 'vitest';
import { PostgresClient } from '../../src/database/postgres-client.ts';

const MIB = 1024 * 1024;
/** Two hundred texts, of 20 kB and more. */
const PAGE = `SELECT i, repeat('x', 100) || i AS text FROM generate_series(1, 200) i`;

async function connected<T extends Client>(client: T): Promise<T & AsyncDisposable> {
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/** How much more is taken after many pages, when only what is young has been collected. */
async function growthOf(client: Client): Promise<number> {
  const ask = async (times: number) => {
    for (let count = 0; count < times; count += 1) await client.query(PAGE);
  };
  await ask(50);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < 20; round += 1) {
    await ask(20);
    collectGarbage({ type: 'minor' });
  }
  return process.memoryUsage().heapUsed - before;
}

test('what was answered is collected with what is young', async () => {
  await using database = await createTestDatabase();
  await using client = await connected(new PostgresClient({ connectionString: database.url }));
  expect(await growthOf(client)).toBeLessThan(4 * MIB);
});

test('answers, and fails, as the one that it stands for', async () => {
  await using database = await createTestDatabase();
  await using ours = await connected(new PostgresClient({ connectionString: database.url }));
  await using plain = await connected(new Client({ connectionString: database.url }));
  for (const client of [ours, plain]) {
    const prepared = { name: 'sum', text: 'SELECT $1::int + 1 AS sum', values: [1] };
    expect((await client.query(prepared)).rows).toEqual([{ sum: 2 }]);
    expect((await client.query('SELECT $1::int AS n', [7])).rows).toEqual([{ n: 7 }]);
    expect((await client.query({ text: 'SELECT 1, 2', rowMode: 'array' })).rows).toEqual([[1, 2]]);
    await expect(client.query('SELECT nothing')).rejects.toBeInstanceOf(DatabaseError);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    client.query('SELECT 3 AS n', (_error: Error | null, result: { rows: unknown[] }) =>
      resolve(result.rows),
    );
    expect(await promise).toEqual([{ n: 3 }]);
    const rows: unknown[] = [];
    const query = client.query(new Query('SELECT 4 AS n'));
    query.on('row', (row) => rows.push(row));
    await once(query, 'end');
    expect(rows).toEqual([{ n: 4 }]);
  }
});
