/**
 * From every schema there was, with data in it, to the newest: nothing is lost or changed, and what processes of that
 * version go on to write, before, during and after, still works.
 */
import { migrate } from '@instashare/backend/database';
import { createJobQueue } from '@instashare/backend/queue';
import { createTestDatabase, runSql } from '@instashare/backend/testing';
import { Client } from 'pg';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addedAfter, MIGRATION_NAMES, migrateUpTo, writesOf } from './old-schema.ts';
import { readTerms, type SchemaTerms } from './schema-terms.ts';

const rowSchema = z.record(z.string(), z.unknown());
type Rows = Record<string, readonly z.infer<typeof rowSchema>[]>;

const OLDEST = MIGRATION_NAMES[0] ?? '';
const SOON = { lockTimeoutMs: 100, patienceMs: 60_000 };

async function connect(url: string) {
  const client = new Client({ connectionString: url, application_name: 'instashare-test' });
  await client.connect();
  return {
    query: (sql: string) => client.query<Record<string, unknown>>(sql),
    [Symbol.asyncDispose]: () => client.end(),
  };
}

/** One transaction, as all that processes write. */
const inOne = (statements: readonly string[]) => ['BEGIN', ...statements, 'COMMIT'].join(';\n');

async function oldDatabase(newest: string) {
  const database = await createTestDatabase({ empty: true });
  await migrateUpTo(database.url, newest);
  await runSql(database.url, inOne(writesOf(newest, 1)));
  return database;
}

/** All that is in these tables, with times and bytes as PostgreSQL writes them. */
async function readRows(url: string, tables: readonly string[]): Promise<Rows> {
  const read: Rows = {};
  for (const table of tables) {
    const found = await runSql(url, `SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY t::text`);
    read[table] = found.map(({ row }) => rowSchema.parse(row));
  }
  return read;
}

const byText = (one: Record<string, unknown>, other: Record<string, unknown>) =>
  JSON.stringify(one).localeCompare(JSON.stringify(other));

/** The rows with what later migrations give them; sorted, as their order may be another one by that. */
const withAdded = (rows: Rows, added: Record<string, Record<string, unknown>>): Rows =>
  Object.fromEntries(
    Object.entries(rows).map(([table, list]) => [
      table,
      list.map((row) => sortKeys({ ...row, ...added[table] })).toSorted(byText),
    ]),
  );

const sortKeys = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).toSorted(([one], [other]) => one.localeCompare(other)));

describe.each(MIGRATION_NAMES)('from the schema of %s', (newest) => {
  test('every row stays as it was, and what processes of that version go on to write still works', async () => {
    await using database = await oldDatabase(newest);
    const oldTerms = await readTerms(database.url);
    const before = await readRows(database.url, oldTerms.tables);
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);

    await migrate(database.url);

    const after = await readRows(database.url, oldTerms.tables);
    expect(withAdded(after, {})).toEqual(withAdded(before, addedAfter(newest)));
    expectKept(oldTerms, await readTerms(database.url));

    await runSql(database.url, inOne(writesOf(newest, 2)));
    await runSql(database.url, inOne(writesOf(MIGRATION_NAMES.at(-1) ?? '', 3)));
    const emails = "SELECT email FROM users WHERE email LIKE 'name%@example.org' ORDER BY 1";
    expect(await runSql(database.url, emails)).toEqual(
      [1, 2, 3].map((round) => ({ email: `name${round}@example.org` })),
    );
  });
});

/**
 * Statements can rely on all that they could rely on, and no more is demanded of them. A migration that has to break this
 * comes a version later than the last process that needs it, and is then named here with its reason.
 */
function expectKept(old: SchemaTerms, now: SchemaTerms): void {
  expect(old.promises.filter((line) => !now.promises.includes(line))).toEqual([]);
  const ofOldTables = now.demands.filter((line) => old.tables.includes(/^\w+/.exec(line)?.[0] ?? ''));
  expect(ofOldTables.filter((line) => !old.demands.includes(line))).toEqual([]);
}

test('while it waits for a table that is in use, old processes go on writing', async () => {
  await using database = await oldDatabase(OLDEST);
  await using busy = await connect(database.url);
  await using old = await connect(database.url);
  // As one that writes for a long time holds them.
  await busy.query('BEGIN; LOCK TABLE users, changes IN ROW EXCLUSIVE MODE');

  const progress = { tries: 0, isOver: false };
  const migrated = migrate(database.url, { ...SOON, onBlocked: () => (progress.tries += 1) });
  let round = 2;
  // Were there no timeout, the second of these would wait until `busy` ends, which it does after them.
  for (; progress.tries < 3; round += 1) await old.query(inOne(writesOf(OLDEST, round)));
  await busy.query('COMMIT');
  const over = migrated.then(() => (progress.isOver = true));
  for (; !progress.isOver; round += 1) await old.query(inOne(writesOf(OLDEST, round)));
  await over;

  const [kept] = await runSql(database.url, 'SELECT count(*)::integer AS users FROM users');
  expect(kept).toEqual({ users: round - 1 });
  expect(await appliedTo(database.url)).toEqual(MIGRATION_NAMES);
});

test('gives up when a table is in use for too long, and goes on from there at the next start', async () => {
  await using database = await oldDatabase(OLDEST);
  {
    await using busy = await connect(database.url);
    await busy.query('BEGIN; LOCK TABLE users IN ACCESS SHARE MODE');
    await expect(migrate(database.url, { lockTimeoutMs: 50, patienceMs: 500 })).rejects.toThrow(
      /locked for 0\.5 seconds\. .* start the migration again/,
    );
    // Those before it were not in anybody's way, and of the one that was nothing is done.
    expect(await appliedTo(database.url)).toEqual(MIGRATION_NAMES.slice(0, 3));
    expect((await readTerms(database.url)).tables).not.toContain('audit_events');
  }
  await migrate(database.url);
  expect(await appliedTo(database.url)).toEqual(MIGRATION_NAMES);
});

test('several at once take turns, and one more finds nothing to do', async () => {
  await using database = await oldDatabase(OLDEST);
  await Promise.all([1, 2, 3].map(() => migrate(database.url)));
  await migrate(database.url);
  expect(await appliedTo(database.url)).toEqual(MIGRATION_NAMES);
});

test('jobs that wait in the queue are there afterwards', async () => {
  await using database = await createTestDatabase();
  await using queue = await createJobQueue({
    databaseUrl: database.url,
    redisUrl: null,
    log: pino({ level: 'silent' }),
  });
  await queue.enqueue('recount-quota', {});
  await migrate(database.url);
  expect(await queue.countWaiting('recount-quota')).toBe(1);
});

async function appliedTo(url: string): Promise<string[]> {
  const applied = await runSql(url, 'SELECT name FROM schema_migrations ORDER BY id');
  return applied.map(({ name }) => String(name));
}
