import { BACKUP_TABLES, openBackupSource, TABLES_LEFT_OUT } from '@instashare/backend/database';
import { expect, test } from 'vitest';
import { sweeper } from '../../support/sweeper.ts';
import { openWorkerWorld, text } from '../../support/worker-world.ts';

test('while a backup is made no object is deleted, and there is one backup at a time', async () => {
  await using world = await openWorkerWorld();
  const id = await world.store(text(1000));
  const { objectKey } = await world.blob(id);
  const sweep = sweeper(world);
  {
    await using source = await openBackupSource(world.databaseUrl);
    expect(await openBackupSource(world.databaseUrl)).toBeNull();
    await world.sql('DELETE FROM files');
    await sweep.at(1000);
    await sweep.at(2000);
    expect(await world.sql('SELECT object_key FROM object_deletions')).toContainEqual({
      object_key: objectKey,
    });
    expect(await world.objects.stat(objectKey)).not.toBeNull();
    await source?.requireHold();
  }
  await sweep.at(3000);
  expect(await world.objects.stat(objectKey)).toBeNull();
});

test('every table is in a backup, or is left out on purpose', async () => {
  await using world = await openWorkerWorld();
  const tables = await world.sql(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  expect(tables.map(({ name }) => name)).toEqual([...BACKUP_TABLES, ...TABLES_LEFT_OUT].toSorted());
  const columns = await world.sql(
    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations' AND (is_generated <> 'NEVER' OR is_identity = 'YES' OR column_default LIKE 'nextval%')",
  );
  // Neither could be restored as it is.
  expect(columns).toEqual([]);
});
