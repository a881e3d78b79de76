import type { QueryConfig, QueryResultRow } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { poolOf } from '../pool-of.ts';
import { timeQuery } from '../query-listeners.ts';

/** Runs one statement and gives its rows, typed by the caller who wrote the column list. */
export async function rows<Row>(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const result: unknown = await manager.query(sql, [...parameters]);
  // For UPDATE and DELETE the driver gives [rows, count].
  const found: unknown = Array.isArray(result) && Array.isArray(result[0]) ? result[0] : result;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where SQL meets a type: the caller's column list is the proof
  return found as Row[];
}

/** The same for each process: the statements of {@link preparedRows}, by what they say. */
const names = new Map<string, string>();

/**
 * As {@link rows}, for a statement that is sent all the time: each connection has it parsed once. Its text must be one
 * of a few, for the database keeps every one. Outside of a transaction it goes straight to the pool, without a query runner
 * of TypeORM.
 */
export function preparedRows<Row extends QueryResultRow>(
  manager: EntityManager,
  text: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const name = names.get(text) ?? `instashare_${names.size}`;
  names.set(text, name);
  if (manager.queryRunner === undefined) {
    return pooledRows(manager.dataSource, { name, text, values: [...parameters] });
  }
  // TypeORM hands what it is given to node-postgres, which knows statements with a name.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- typed as a text
  return rows(manager, { name, text } as unknown as string, parameters);
}

async function pooledRows<Row extends QueryResultRow>(
  dataSource: DataSource,
  statement: QueryConfig,
): Promise<Row[]> {
  const client = await poolOf(dataSource).connect();
  // A connection that is lost says so to whoever has it, beside the statement that fails; the pool sees by itself that it is.
  client.on('error', ignore);
  const told = timeQuery(dataSource, statement.text);
  let isAnswered = false;
  try {
    const { rows: found } = await client.query<Row>(statement);
    isAnswered = true;
    return found;
  } finally {
    client.off('error', ignore);
    client.release();
    told(isAnswered);
  }
}

const ignore = (): void => {};

/** As {@link rows}, for statements that give one row or none. */
export async function row<Row>(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<Row | null> {
  return (await rows<Row>(manager, sql, parameters))[0] ?? null;
}

/**
 * In the list of what a statement reads `FROM`: it does not wait for the disk. As `durable: false` of a transaction, and
 * for a statement that is one by itself: of a longer one, it would take the promise of all that is in it.
 */
export const NOT_DURABLE = `set_config('synchronous_commit', 'off', true)`;
