/** How the database reads what a repository asks for. */
import { createTestDatabase, runSql } from '@instashare/backend/testing';
import { escapeLiteral } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { dataSourceOptions } from '../../src/database/data-source-options.ts';
import { poolOf } from '../../src/database/pool-of.ts';

export interface PlannedDatabase extends AsyncDisposable {
  /** The plan of the last statement that `work` asks; of a prepared one also the one that is made once for all values. */
  readonly plansOf: (work: (manager: EntityManager) => Promise<unknown>) => Promise<PlanNode[][]>;
}

/** A database with what `statements` put there, over one connection. */
export async function createPlannedDatabase(statements: readonly string[]): Promise<PlannedDatabase> {
  await using made = new AsyncDisposableStack();
  const database = made.use(await createTestDatabase());
  await runSql(database.url, statements.join(';\n'));
  const source = new DataSource(
    dataSourceOptions({ url: database.url, poolSize: 1, applicationName: 'instashare-test' }),
  );
  await source.initialize();
  made.defer(() => source.destroy());
  const kept = made.move();
  return {
    plansOf: (work) => plansOf(source, work),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
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

type Work = Parameters<PlannedDatabase['plansOf']>[0];

async function sentBy(source: DataSource, work: Work) {
  const client = await poolOf(source).connect();
  using query = vi.spyOn(client, 'query');
  client.release();
  // What it changes must be there to be changed once more.
  await source.manager.query('BEGIN');
  await work(source.manager);
  const [statement, parameters] = sentSchema.parse(query.mock.lastCall);
  await source.manager.query('ROLLBACK');
  return typeof statement === 'string'
    ? { isPrepared: false, text: statement, parameters: parameters ?? [] }
    : { isPrepared: true, text: statement.text, parameters: statement.values };
}

async function plansOf(source: DataSource, work: Work): Promise<PlanNode[][]> {
  const { isPrepared, text, parameters } = await sentBy(source, work);
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

/** Its nodes go by indexes, and none reads more rows than that. */
export function expectLittleRead(nodes: readonly PlanNode[], name: string, mostRows: number): void {
  const types = nodes.map((node) => node['Node Type']);
  expect(types, name).not.toContain('Seq Scan');
  expect(Math.max(...nodes.map(rowsRead)), name).toBeLessThanOrEqual(mostRows);
}
