import { Client } from 'pg';

/** What the global set-up hands to every test file of a run. */
export interface TestServer {
  /** A database on the server whose role may make further ones. */
  readonly url: string;
  /** Begins the name of every database of this run. */
  readonly prefix: string;
  /** A migrated database to copy. */
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

export function databaseUrl(server: TestServer, name: string): string {
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs `work` on a connection of its own, outside every test database. */
export async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'instashare-test-support' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs one statement on a connection of its own, and gives its rows. */
export async function runSql(url: string, text: string): Promise<Record<string, unknown>[]> {
  return onServer(url, async (client) => (await client.query<Record<string, unknown>>(text)).rows);
}
