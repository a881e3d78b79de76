/** What the database reads for a page of a listing: as much as the page holds, and not all that an account has. */
import { randomUUID } from 'node:crypto';
import { createTestDatabase, runSql } from '@instashare/backend/testing';
import { escapeLiteral } from 'pg';
import { DataSource } from 'typeorm';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { dataSourceOptions } from '../../src/database/data-source-options.ts';
import { poolOf } from '../../src/database/pool-of.ts';
import { FileRepository } from '../../src/database/repositories/file-repository.ts';

const FILES = 20_000;
const FAILED_EACH = 400;
const SMALL_ACCOUNTS = 5_000;
const LIMIT = 101;
/** A page of files, each with its version and its blob, and as much again to find them by. */
const MOST_ROWS = 6 * LIMIT;

type Page = Parameters<FileRepository['list']>[1];
const pathAt = (at: number) => `folder/${String(at).padStart(6, '0')}`;
const page: Page = { prefix: '', status: null, afterPath: null, limit: LIMIT };
const middle = pathAt(FILES / 2);

const PAGES: Record<string, Page> = {
  'the first page': page,
  'a page in the middle': { ...page, afterPath: middle },
  'the last page': { ...page, afterPath: pathAt(FILES - LIMIT) },
  'a folder': { ...page, prefix: 'folder/' },
  'a folder of some': { ...page, prefix: 'folder/0101' },
  'files that are ready': { ...page, status: 'ready' },
  'files that are ready, in the middle': { ...page, status: 'ready', afterPath: middle },
  'files that have failed': { ...page, status: 'failed' },
  'files that have failed, in the middle': { ...page, status: 'failed', afterPath: middle },
  'files that are stored, of which there are none': { ...page, status: 'stored' },
};

test('a page of a listing reads little more than the page', async () => {
  await using database = await createTestDatabase();
  const userId = randomUUID();
  await fill(database.url, userId);
  const source = new DataSource(
    dataSourceOptions({ url: database.url, poolSize: 1, applicationName: 'instashare-test' }),
  );
  await source.initialize();
  try {
    for (const [name, asked] of Object.entries(PAGES)) {
      for (const nodes of await plansOf(source, userId, asked)) {
        const types = nodes.map((node) => node['Node Type']);
        expect(types, name).not.toContain('Seq Scan');
        expect(Math.max(...nodes.map(rowsRead)), name).toBeLessThanOrEqual(MOST_ROWS);
      }
    }
  } finally {
    await source.destroy();
  }
});

const statementsFor = (userId: string) => [
  `INSERT INTO users (id, email, password_hash) VALUES ('${userId}', 'many@example.org', '-')`,
  // An account of one file is what the database expects of an account.
  `INSERT INTO users (id, email, password_hash)
   SELECT uuidv7(), n || '@example.org', '-' FROM generate_series(1, ${SMALL_ACCOUNTS}) AS n`,
  `INSERT INTO files (id, user_id, path) SELECT uuidv7(), id, 'folder/a' FROM users WHERE id <> '${userId}'`,
  `INSERT INTO sessions (id, user_id, refresh_token_sha256, expires_at, rotated_at, last_seen_at)
   SELECT CASE WHEN id = '${userId}' THEN '${CLAIM.id}' ELSE uuidv7() END, id, sha256(''),
          now() + interval '1 day', now() - interval '1 hour', now()
   FROM users`,
  `CREATE TEMP TABLE made AS
   SELECT n, n % ${FAILED_EACH} = 0 AS is_failed, uuidv7() AS file_id, uuidv7() AS version_id, uuidv7() AS blob_id
   FROM generate_series(0, ${FILES - 1}) AS n`,
  `INSERT INTO blobs (id, user_id, sha256, size_bytes, object_key, encoding, stored_bytes, status, verified_at, failure)
   SELECT blob_id, '${userId}', sha256(blob_id::text::bytea), 1, blob_id, 'identity', 1,
          CASE WHEN is_failed THEN 'failed' ELSE 'ready' END, CASE WHEN NOT is_failed THEN now() END,
          CASE WHEN is_failed THEN 'made so' END
   FROM made`,
  `INSERT INTO files (id, user_id, path, current_version_id)
   SELECT file_id, '${userId}', 'folder/' || lpad(n::text, 6, '0'), version_id FROM made`,
  `INSERT INTO file_versions (id, file_id, number, blob_id, content_type)
   SELECT version_id, file_id, 1, blob_id, 'text/plain' FROM made`,
];

async function fill(url: string, userId: string): Promise<void> {
  await runSql(url, statementsFor(userId).join(';\n'));
  await runSql(url, 'ANALYZE');
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number | undefined;
  readonly 'Rows Removed by Join Filter'?: number | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const nodeSchema: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Actual Rows': z.number(),
    'Actual Loops': z.number(),
    'Rows Removed by Filter': z.number().optional(),
    'Rows Removed by Join Filter': z.number().optional(),
    Plans: z.array(nodeSchema).optional(),
  }),
);
const answerSchema = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: nodeSchema })]) })]);

const sentSchema = z.union([
  z.tuple([z.string(), z.array(z.unknown())]),
  z.tuple([z.object({ text: z.string(), values: z.array(z.unknown()) })]),
]);
const CLAIM = { id: randomUUID(), generation: 0, now: new Date() };

/** The last statement that a page, and who claims to be its account, is asked for by, over the only connection there is. */
async function sentFor(source: DataSource, userId: string, asked: Page) {
  const client = await poolOf(source).connect();
  using query = vi.spyOn(client, 'query');
  client.release();
  await new FileRepository(source.manager).list(userId, asked, { ...CLAIM, userId });
  const [statement, parameters] = sentSchema.parse(query.mock.lastCall);
  return typeof statement === 'string'
    ? { isPrepared: false, text: statement, parameters: parameters ?? [] }
    : { isPrepared: true, text: statement.text, parameters: statement.values };
}

/** For a statement that is prepared also the plan that the database may make once for all values. */
async function plansOf(source: DataSource, userId: string, asked: Page): Promise<PlanNode[][]> {
  const { isPrepared, text, parameters } = await sentFor(source, userId, asked);
  const explain = async (sql: string, values: unknown[]) => {
    const answer: unknown = await source.manager.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values);
    return allOf(answerSchema.parse(answer)[0]['QUERY PLAN'][0].Plan);
  };
  if (!isPrepared) return [await explain(text, parameters)];
  await source.manager.query('SET plan_cache_mode = force_generic_plan');
  await source.manager.query(`PREPARE generic AS ${text}`);
  const values = parameters.map((value) =>
    escapeLiteral(value instanceof Date ? value.toISOString() : String(value)),
  );
  const generic = await explain(`EXECUTE generic (${values.join()})`, []);
  await source.manager.query('DEALLOCATE generic');
  await source.manager.query('RESET plan_cache_mode');
  return [await explain(text, parameters), generic];
}

const allOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(allOf)];

const rowsRead = (node: PlanNode): number =>
  node['Actual Loops'] *
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Join Filter'] ?? 0));
