import { types } from 'pg';
import type { DataSourceOptions, Logger } from 'typeorm';
import { BlobEntity } from './entities/blob.ts';
import { ChangeEntity } from './entities/change.ts';
import { FileEntity } from './entities/file.ts';
import { FileVersionEntity } from './entities/file-version.ts';
import { ObjectDeletionEntity } from './entities/object-deletion.ts';
import { SessionEntity } from './entities/session.ts';
import { UploadEntity } from './entities/upload.ts';
import { UserEntity } from './entities/user.ts';
import { InitialSchema1764000000000 } from './migrations/1764000000000-initial-schema.ts';
import { Instance1764330000000 } from './migrations/1764330000000-instance.ts';
import { PreviousPath1764340000000 } from './migrations/1764340000000-previous-path.ts';
import { Accounts1764350000000 } from './migrations/1764350000000-accounts.ts';
import { Shares1764350000001 } from './migrations/1764350000001-shares.ts';
import { IdempotencyKeys1764370000000 } from './migrations/1764370000000-idempotency-keys.ts';
import { Webhooks1764380000000 } from './migrations/1764380000000-webhooks.ts';
import { Admins1764390000000 } from './migrations/1764390000000-admins.ts';
import { AdminSessions1764400000000 } from './migrations/1764400000000-admin-sessions.ts';
import { FilesById1764410000000 } from './migrations/1764410000000-files-by-id.ts';
import { Strays1764420000000 } from './migrations/1764420000000-strays.ts';
import { parseTime } from './parse-time.ts';
import { PostgresClient } from './postgres-client.ts';

const MIGRATIONS = [
  InitialSchema1764000000000,
  Instance1764330000000,
  PreviousPath1764340000000,
  Accounts1764350000000,
  Shares1764350000001,
  IdempotencyKeys1764370000000,
  Webhooks1764380000000,
  Admins1764390000000,
  AdminSessions1764400000000,
  FilesById1764410000000,
  Strays1764420000000,
];

/** The names of all migrations that make the schema of this version, as the database notes them. */
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map(({ name }) => name).toSorted();

/** No request waits longer than this for the database; what waits then is told so. Milliseconds. */
const TIMEOUTS = {
  statement_timeout: 60_000,
  lock_timeout: 20_000,
  idle_in_transaction_session_timeout: 60_000,
};

const INT8_OID: number = types.builtins.INT8;
const TIMESTAMPTZ_OID: number = types.builtins.TIMESTAMPTZ;

/**
 * bigint columns hold sizes and counters, all bounded far below 2^53 (CHECKs and the contracts' limits), so
 * they are numbers here and not the strings that node-postgres hands out.
 */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === INT8_OID && format !== 'binary') return Number;
  if (oid === TIMESTAMPTZ_OID && format !== 'binary') return parseTime;
  // oxlint-disable-next-line typescript/no-unsafe-return -- pg types its own parsers as any
  return types.getTypeParser(oid, format);
}

/** What fails is thrown; TypeORM would write it to the terminal as well, whatever `logging` says. */
const SILENT: Logger = {
  logQuery() {},
  logQueryError() {},
  logQuerySlow() {},
  logSchemaBuild() {},
  logMigration() {},
  log() {},
};

export function dataSourceOptions(options: {
  readonly url: string;
  readonly poolSize: number;
  readonly applicationName: string;
  /** A migration may take as long as it takes, but must not keep others waiting. */
  readonly migration?: { readonly lockTimeoutMs: number };
}): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    poolSize: options.poolSize,
    extra: {
      types: { getTypeParser },
      Client: PostgresClient,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      ...(options.migration === undefined ? TIMEOUTS : { lock_timeout: options.migration.lockTimeoutMs }),
    },
    entities: [
      UserEntity,
      SessionEntity,
      BlobEntity,
      FileEntity,
      FileVersionEntity,
      UploadEntity,
      ChangeEntity,
      ObjectDeletionEntity,
    ],
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migrations',
    // A transaction for each, so that none holds the tables of another: requests take them in orders of their own, and
    // would get into deadlocks with it. One that fails leaves a schema in between, which the version before works with, too.
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    logger: SILENT,
  };
}
