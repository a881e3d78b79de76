import { DataSource } from 'typeorm';
import { migrateQueue } from '../queue/index.ts';
import { dataSourceOptions } from './data-source-options.ts';
import { type LockPatience, retryLocked } from './retry-locked.ts';

/** Any number that nothing else in the database uses. */
const MIGRATION_LOCK = 7_224_318;

const DEFAULTS: LockPatience = {
  // Below PostgreSQL's deadlock_timeout of a second: in a deadlock with a request it is the migration that steps back.
  lockTimeoutMs: 800,
  patienceMs: 5 * 60_000,
  onBlocked: () => {},
};

/**
 * Brings the schema of the database at `url` up to this version, the queue's too. Several at once are fine:
 * they take turns, and the later ones find nothing to do. Processes of the version before may go on meanwhile: it waits
 * for a table only so long that they hardly notice, and tries again later. Rejects when it never comes to pass.
 */
export async function migrate(url: string, options: Partial<LockPatience> = {}): Promise<void> {
  const patience = { ...DEFAULTS, ...options };
  const dataSource = new DataSource(
    dataSourceOptions({
      url,
      poolSize: 2,
      applicationName: 'instashare-migrate',
      migration: { lockTimeoutMs: patience.lockTimeoutMs },
    }),
  );
  await dataSource.initialize();
  try {
    const lock = dataSource.createQueryRunner();
    try {
      // For this one nobody else waits.
      await lock.query('SET lock_timeout = 0');
      await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await retryLocked(() => dataSource.runMigrations(), patience);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lock.release();
    }
  } finally {
    await dataSource.destroy();
  }
  await retryLocked(() => migrateQueue(url, patience), patience);
}
