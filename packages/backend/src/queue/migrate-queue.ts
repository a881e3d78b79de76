import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { POSTGRES_SCHEMA } from './connection.ts';

/**
 * Brings BullMQ's tables in the database at `databaseUrl` up to date. Several at once take turns. Nothing else
 * migrates: a queue or a worker that finds an old schema refuses to start.
 */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'instashare-migrate' });
  await client.connect();
  try {
    await runMigrations(client, POSTGRES_SCHEMA);
  } finally {
    await client.end();
  }
}
