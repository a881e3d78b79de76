/** What a backup holds, in an order in which foreign keys are met; the one in a ring is deferred. */
export const BACKUP_TABLES = [
  'users',
  'sessions',
  'personal_access_tokens',
  'audit_events',
  'webhooks',
  'webhook_deliveries',
  'idempotency_keys',
  'blobs',
  'files',
  'file_versions',
  'uploads',
  'shares',
  'changes',
  'unlinked_blobs',
  'object_deletions',
] as const;

export type BackupTable = (typeof BACKUP_TABLES)[number];

/**
 * What it leaves out: who the database is, and its schema, which the new one has itself; how far sweeps have come; and
 * counts of a minute. The queue has a schema of its own: the sweep asks again for what it held.
 */
export const TABLES_LEFT_OUT = ['instance', 'schema_migrations', 'sweep_cursors', 'attempts'] as const;
