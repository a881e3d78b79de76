import { DataSource } from 'typeorm';
import { migrateQueue } from '../queue/index.ts';
import { dataSourceOptions } from './data-source-options.ts';

/** Any number that nothing else in the database uses. */
const MIGRATION_LOCK = 7_224_318;

/**
 * Brings the schema of the database at `url` up to this version, the queue's too. Several at once are fine:
 * they take turns, and the later ones find nothing to do.
 */
export async function migrate(url: string): Promise<void> {
  const dataSource = new DataSource(
    dataSourceOptions({ url, poolSize: 2, applicationName: 'instashare-migrate', isMigration: true }),
  );
  await dataSource.initialize();
  try {
    const lock = dataSource.createQueryRunner();
    try {
      await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await dataSource.runMigrations();
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lock.release();
    }
  } finally {
    await dataSource.destroy();
  }
  await migrateQueue(url);
}
