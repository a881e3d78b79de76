import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { POSTGRES_SCHEMA } from './connection.ts';

/**
 * Brings BullMQ's tables in the database at `databaseUrl` up to date. Several at once take turns. Nothing else
 * migrates: a queue or a worker that finds an old schema refuses to start. Rejects, with nothing done, when a lock is not
 * to be had within `lockTimeoutMs`.
 */
export async function migrateQueue(
  databaseUrl: string,
  { lockTimeoutMs }: { readonly lockTimeoutMs: number },
): Promise<void> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'instashare-migrate',
    lock_timeout: lockTimeoutMs,
  });
  await client.connect();
  try {
    await runMigrations(client, POSTGRES_SCHEMA);
  } finally {
    await client.end();
  }
}
