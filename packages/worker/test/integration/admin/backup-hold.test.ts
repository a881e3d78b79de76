import { mkdtempDisposable, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addAbortSignal, Readable } from 'node:stream';
import { BACKUP_TABLES, openBackupSource, TABLES_LEFT_OUT } from '@instashare/backend/database';
import { expect, test } from 'vitest';
import { adminInside } from '../../support/run-admin.ts';
import { sweeper } from '../../support/sweeper.ts';
import { openWorkerWorld, text } from '../../support/world.ts';

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

const BACKUP_CONNECTION =
  "FROM pg_stat_activity WHERE application_name = 'instashare-backup' AND datname = current_database()";

test('while objects are copied the connection that holds them is used now and then', async () => {
  await using world = await openWorkerWorld();
  await using source = await openBackupSource(world.databaseUrl, { beatMs: 20 });
  await source?.endSnapshot();
  const lastUse = async () => {
    const [row] = await world.sql(`SELECT extract(epoch FROM query_start) AS at ${BACKUP_CONNECTION}`);
    return Number(row?.['at']);
  };
  const first = await lastUse();
  await expect.poll(lastUse).toBeGreaterThan(first);
});

test('a backup that loses its connection ends at once, says so, and goes on when it is run again', async () => {
  await using world = await openWorkerWorld();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  await world.store(text(1000));
  const admin = adminInside(world, {
    replace: ({ openStore }) => ({
      openStore: async (...args) => ({
        ...(await openStore(...args)),
        // An object that takes for ever.
        async read(_, { signal } = {}) {
          await world.sql(`SELECT pg_terminate_backend(pid) ${BACKUP_CONNECTION}`);
          const body = new Readable({ read() {} }).on('error', () => {});
          return signal === undefined ? body : addAbortSignal(signal, body);
        },
      }),
    }),
  });
  await expect(admin('backup', folder.path)).rejects.toThrow(
    /connection to the database was lost.*Run it again/,
  );
  expect(await readdir(folder.path)).not.toContain('manifest.json');
  expect(await adminInside(world)('backup', folder.path)).toMatchObject({ code: 0 });
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
