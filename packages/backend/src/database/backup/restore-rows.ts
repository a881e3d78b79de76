import { Client } from 'pg';
import { BACKUP_TABLES, type BackupTable } from './tables.ts';

/** With none of these there is nothing that anybody misses, or that a sweep acts on. */
const OWN = ['users', 'blobs', 'files', 'uploads', 'unlinked_blobs', 'object_deletions'];

/** Where rows come from. */
export interface BackupRows {
  /** The rows of a table as lines of JSON, in pieces. */
  readonly read: (table: BackupTable) => AsyncIterable<readonly string[]>;
  /** How many there were when the backup was made. */
  readonly count: (table: BackupTable) => number;
}

/** What of ours is in a database, which may have no tables yet. */
export async function inspectForRestore(
  url: string,
): Promise<{ readonly isEmpty: boolean; readonly migrations: readonly string[] }> {
  return withClient(url, async (client) => {
    const isMigrated = await hasTable(client, 'schema_migrations');
    const migrations = isMigrated
      ? await ask<{ name: string }>(client, 'SELECT name FROM schema_migrations')
      : [];
    return { isEmpty: await isEmpty(client), migrations: migrations.map(({ name }) => name) };
  });
}

/**
 * Puts all rows of a backup into an empty database in one transaction; false, and nothing done, when it is not empty
 * (any more). Uploads that were under way are left out, with what they had reserved: their bytes are in no backup, and
 * an address to send them to might be the old store's. Rejects, with nothing done, when a table gets more or fewer rows
 * than were counted.
 */
export async function restoreRows(url: string, { read, count }: BackupRows): Promise<boolean> {
  return withClient(url, async (client) => {
    await client.query('BEGIN');
    // Nobody registers meanwhile.
    await client.query('LOCK TABLE users IN EXCLUSIVE MODE');
    if (!(await isEmpty(client))) return false;
    for (const table of BACKUP_TABLES) {
      const insert = `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1::json)`;
      let inserted = 0;
      for await (const lines of read(table))
        inserted += (await client.query(insert, [`[${lines.join(',')}]`])).rowCount ?? 0;
      if (inserted !== count(table))
        throw new Error(`The backup counts ${count(table)} rows of ${table}, but has ${inserted}`);
    }
    await client.query(
      `UPDATE users SET used_bytes = used_bytes - reserved.bytes
       FROM (SELECT user_id, sum(reserved_bytes) AS bytes FROM uploads GROUP BY user_id) AS reserved
       WHERE users.id = reserved.user_id`,
    );
    await client.query("DELETE FROM uploads WHERE state <> 'completed'");
    await client.query('COMMIT');
    return true;
  });
}

async function isEmpty(client: Client): Promise<boolean> {
  for (const table of OWN) {
    const isThere = await hasTable(client, table);
    if (isThere && (await ask(client, `SELECT 1 FROM ${table} LIMIT 1`)).length > 0) return false;
  }
  return true;
}

async function hasTable(client: Client, table: string): Promise<boolean> {
  return (await ask(client, `SELECT 1 WHERE to_regclass('${table}') IS NOT NULL`)).length > 0;
}

async function ask<Row>(client: Client, sql: string): Promise<Row[]> {
  const { rows } = await client.query(sql);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- where SQL meets a type: the caller's column list is the proof
  return rows as Row[];
}

/** A connection that ends with the work, and its transaction with it. */
async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: 'instashare-restore',
    keepAlive: true,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
