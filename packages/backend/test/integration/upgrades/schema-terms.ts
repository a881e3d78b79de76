import { runSql } from '@instashare/backend/testing';

/**
 * What statements that are written for a schema can rely on (`promises`), and what they must observe (`demands`): a line
 * for each, of our own tables.
 */
export interface SchemaTerms {
  readonly tables: readonly string[];
  readonly promises: readonly string[];
  readonly demands: readonly string[];
}

const OURS = `n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'schema_migrations'`;
const FROM_TABLES = 'FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace';

const TABLES = `SELECT c.relname AS line ${FROM_TABLES} WHERE ${OURS} ORDER BY 1`;

/** Columns with their types, those that may be left out or null, and what makes rows unique, by name: ON CONFLICT. */
const PROMISES = `
  SELECT format('%s.%s is %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod)) AS line
  ${FROM_TABLES} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE ${OURS}
  UNION ALL
  SELECT format('%s.%s may be null', c.relname, a.attname)
  ${FROM_TABLES} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE ${OURS} AND NOT a.attnotnull
  UNION ALL
  SELECT format('%s.%s is %s when left out', c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid))
  ${FROM_TABLES} JOIN pg_attribute a ON a.attrelid = c.oid
  JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE ${OURS}
  UNION ALL
  SELECT pg_get_indexdef(i.indexrelid)
  ${FROM_TABLES} JOIN pg_index i ON i.indrelid = c.oid AND i.indisunique WHERE ${OURS}`;

/** Columns that must be given, and constraints. */
const DEMANDS = `
  SELECT format('%s.%s must be given', c.relname, a.attname) AS line
  ${FROM_TABLES} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE ${OURS} AND a.attnotnull AND NOT a.atthasdef
  UNION ALL
  SELECT format('%s: %s', c.relname, pg_get_constraintdef(k.oid))
  ${FROM_TABLES} JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype <> 'n' WHERE ${OURS}
  UNION ALL
  SELECT format('%s: %s', c.relname, pg_get_indexdef(i.indexrelid))
  ${FROM_TABLES} JOIN pg_index i ON i.indrelid = c.oid AND i.indisunique WHERE ${OURS}`;

export async function readTerms(url: string): Promise<SchemaTerms> {
  const linesOf = async (sql: string) => (await runSql(url, sql)).map(({ line }) => String(line));
  return {
    tables: await linesOf(TABLES),
    promises: await linesOf(PROMISES),
    demands: await linesOf(DEMANDS),
  };
}
