import { randomBytes } from 'node:crypto';
import { DatabaseError } from 'pg';
import { inject } from 'vitest';
import { databaseUrl, onServer, type TestServer } from './test-server.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

export interface TestDatabaseOptions {
  /** True for a database without the schema, for tests of the migrations themselves. */
  readonly empty?: boolean;
}

/**
 * Makes a database that nobody else uses, and drops it when disposed: `await using` it before whatever connects
 * to it. Throws then when a connection to it is still open, for that is a pool which somebody forgot.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('testServer');
  const name = `${server.prefix}${randomBytes(6).toString('hex')}`;
  const template = options.empty === true ? 'template0' : server.template;
  // As files, and not through the log of a server that nobody keeps: half the time.
  const sql = `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`;
  await onServer(server.url, (client) => client.query(sql));
  return {
    url: databaseUrl(server, name),
    [Symbol.asyncDispose]: () => dropTestDatabase(server, name),
  };
}

const OBJECT_IN_USE = '55006';

async function dropTestDatabase(server: TestServer, name: string): Promise<void> {
  await onServer(server.url, async (client) => {
    try {
      // Waits up to five seconds for connections that are just closing.
      await client.query(`DROP DATABASE ${name}`);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== OBJECT_IN_USE) throw error;
      const open = await client.query<{ application_name: string; query: string }>(
        'SELECT application_name, query FROM pg_stat_activity WHERE datname = $1',
        [name],
      );
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      const list = open.rows.map((row) => `\n  ${row.application_name}, last: ${row.query}`).join('');
      throw new Error(`${open.rows.length} connections to the test's database were left open:${list}`, {
        cause: error,
      });
    }
  });
}
