import { DataSource, type MigrationInterface } from 'typeorm';
import { dataSourceOptions } from '../../../src/database/data-source-options.ts';
import { OLD_VERSIONS, type OldVersion, uniqueOf } from './old-writes.ts';

const optionsOf = (url: string) =>
  dataSourceOptions({
    url,
    poolSize: 1,
    applicationName: 'instashare-test',
    migration: { lockTimeoutMs: 0 },
  });

type MigrationClass = new () => MigrationInterface;

/** All migrations, in their order. */
const MIGRATIONS: readonly MigrationClass[] = Object.values(optionsOf('').migrations ?? {}).filter(
  (entry): entry is MigrationClass => typeof entry === 'function',
);

export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map(({ name }) => name);

/** Makes the schema of an empty database what it was when this migration was the newest. */
export async function migrateUpTo(url: string, newest: string): Promise<void> {
  const migrations = MIGRATIONS.slice(0, MIGRATION_NAMES.indexOf(newest) + 1);
  const source = new DataSource({ ...optionsOf(url), migrations });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

/** What migrations after this one give to rows that were there, by table. */
export function addedAfter(newest: string): Record<string, Record<string, unknown>> {
  const added: Record<string, Record<string, unknown>> = {};
  for (const name of MIGRATION_NAMES.slice(MIGRATION_NAMES.indexOf(newest) + 1)) {
    for (const [table, columns] of Object.entries(versionOf(name).adds))
      added[table] = { ...added[table], ...columns };
  }
  return added;
}

/** What a process of this version writes, with ids of its own in each round. */
export const writesOf = (newest: string, round: number): string[] =>
  MIGRATION_NAMES.slice(0, MIGRATION_NAMES.indexOf(newest) + 1).flatMap((name) =>
    versionOf(name).writes(uniqueOf(round)),
  );

function versionOf(name: string): OldVersion {
  const version = OLD_VERSIONS[name];
  if (version === undefined)
    throw new Error(`old-writes.ts does not say what processes of the version of ${name} write`);
  return version;
}
