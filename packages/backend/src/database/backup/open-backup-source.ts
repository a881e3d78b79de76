import { Client } from 'pg';
import { TAKE_HOLD } from './deletion-hold.ts';
import { BACKUP_TABLES, type BackupTable } from './tables.ts';

const FETCH_ROWS = 1000;
/** So often something is said on a connection that waits for hours: what lies between would take it for dead. */
const BEAT_MS = 30_000;

/** An object that contents live in. */
export interface NamedObject {
  readonly key: string;
  /** It has at least so many bytes, and exactly so many when one content has it to itself. */
  readonly sizeBytes: number;
  readonly isShared: boolean;
  /** False: all that lives in it has failed, and it may be damaged or gone. */
  readonly isWell: boolean;
}

/** A database as it is at one moment, while everybody goes on; and its objects, none of which is deleted meanwhile. */
export interface BackupSource extends AsyncDisposable {
  readonly instanceId: string;
  /** The names of all migrations that made the schema. */
  readonly migrations: readonly string[];
  readonly tables: readonly BackupTable[];
  /** The rows of a table, each as a line of JSON, in pieces. */
  rows(table: BackupTable): AsyncIterable<readonly string[]>;
  /** In the order of their keys' bytes, in pieces. */
  objects(): AsyncIterable<readonly NamedObject[]>;
  /** Aborts when the connection, and with it the hold on objects, was lost. */
  readonly lost: AbortSignal;
  /** Ends the moment, so that PostgreSQL can tidy up; objects are kept until this is disposed of. */
  endSnapshot(): Promise<void>;
  /** Rejects when the connection, and with it the hold on objects, was lost. */
  requireHold(): Promise<void>;
}

/** null: somebody else makes a backup of this database. A killed process lets go by itself. */
export async function openBackupSource(
  url: string,
  { beatMs = BEAT_MS }: { readonly beatMs?: number } = {},
): Promise<BackupSource | null> {
  const client = new Client({
    connectionString: url,
    application_name: 'instashare-backup',
    keepAlive: true,
  });
  const hold = new AbortController();
  const lose = () => hold.abort();
  client.on('error', lose).on('end', lose);
  await client.connect();
  try {
    const [answer] = await ask<{ taken: boolean }>(client, TAKE_HOLD);
    if (answer?.taken !== true) {
      await client.end();
      return null;
    }
    // After the hold: what a sweep had picked before it was not named any more, nor is it in this snapshot.
    await client.query("SET TIME ZONE 'UTC'");
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const [instance] = await ask<{ id: string }>(client, 'SELECT id FROM instance');
    const migrations = await ask<{ name: string }>(
      client,
      'SELECT name FROM schema_migrations ORDER BY name',
    );
    const requireHold = async () => void (await client.query('SELECT 1'));
    let beat: NodeJS.Timeout | undefined;
    return {
      instanceId: instance?.id ?? '',
      migrations: migrations.map(({ name }) => name),
      tables: BACKUP_TABLES,
      rows: (table) => readRows(client, table),
      objects: () => readObjects(client),
      lost: hold.signal,
      async endSnapshot() {
        await client.query('COMMIT');
        beat = setInterval(() => void requireHold().catch(lose), beatMs);
      },
      requireHold,
      async [Symbol.asyncDispose]() {
        clearInterval(beat);
        await client.end();
      },
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function* readRows(client: Client, table: BackupTable): AsyncGenerator<readonly string[]> {
  for await (const page of readAll<{ line: string }>(
    client,
    `SELECT row_to_json(t)::text AS line FROM ${table} t`,
  ))
    yield page.map(({ line }) => line);
}

async function* readObjects(client: Client): AsyncGenerator<readonly NamedObject[]> {
  const objects = readAll<Omit<NamedObject, 'sizeBytes'> & { sizeBytes: string }>(
    client,
    `SELECT object_key COLLATE "C" AS key, max(coalesce(object_offset, 0) + stored_bytes) AS "sizeBytes",
       bool_or(object_offset IS NOT NULL) AS "isShared", bool_or(status <> 'failed') AS "isWell"
     FROM blobs GROUP BY 1 ORDER BY 1`,
  );
  for await (const page of objects)
    yield page.map((object) => ({ ...object, sizeBytes: Number(object.sizeBytes) }));
}

async function* readAll<Row>(client: Client, sql: string): AsyncGenerator<readonly Row[]> {
  await client.query(`DECLARE backup NO SCROLL CURSOR FOR ${sql}`);
  for (;;) {
    const page = await ask<Row>(client, `FETCH ${FETCH_ROWS} FROM backup`);
    if (page.length === 0) break;
    yield page;
  }
  await client.query('CLOSE backup');
}

async function ask<Row>(client: Client, sql: string): Promise<Row[]> {
  const { rows } = await client.query(sql);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- where SQL meets a type: the caller's column list is the proof
  return rows as Row[];
}
