import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MIGRATION_NAMES } from '@instashare/backend/database';
import { createTestDatabase, runSql } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { fourContents } from '../../support/four-contents.ts';
import { adminInside } from '../../support/run-admin.ts';

const TABLES =
  "SELECT tablename::text AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";

/** A backup, and a place without a schema or a store. */
async function backupAndPlace() {
  await using made = new AsyncDisposableStack();
  const place = made.use(await fourContents());
  const { url } = made.use(await createTestDatabase({ empty: true }));
  const { backup } = place;
  expect(await adminInside(place.world)('backup', backup)).toMatchObject({ code: 0 });
  const dataDir = join(backup, 'restored');
  const all = made.move();
  return {
    backup,
    url,
    objects: join(dataDir, 'objects'),
    restore: () => adminInside({ databaseUrl: url, dataDir })('restore', backup),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

test("a restore leaves another program's database as it is", async () => {
  await using place = await backupAndPlace();
  await runSql(place.url, 'CREATE TABLE users AS SELECT 1 AS id');
  await expect(place.restore()).rejects.toThrow(/database is not empty/);
  expect(await runSql(place.url, TABLES)).toEqual([{ name: 'users' }]);
});

test('a backup of another version is refused before anything is made', async () => {
  await using place = await backupAndPlace();
  const manifest = join(place.backup, 'manifest.json');
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace(MIGRATION_NAMES.at(-1) ?? '', 'Later1999999999999'));
  await expect(place.restore()).rejects.toThrow(/made by another version .* Nothing was changed/);
  expect(await runSql(place.url, TABLES)).toEqual([]);

  await writeFile(manifest, text);
  await runSql(place.url, "CREATE TABLE schema_migrations AS SELECT 'Later1999999999999' AS name");
  await expect(place.restore()).rejects.toThrow(/a newer version .* Nothing was changed/);
  expect(await runSql(place.url, TABLES)).toEqual([{ name: 'schema_migrations' }]);
});

test('a store that is not empty is not marked', async () => {
  await using place = await backupAndPlace();
  const owner = join(place.objects, randomUUID());
  await mkdir(owner, { recursive: true });
  await writeFile(join(owner, randomUUID()), 'of somebody else');
  await expect(place.restore()).rejects.toThrow(/The store is not empty/);
  expect(await readdir(place.objects)).not.toContain('.instance');
  expect(await runSql(place.url, 'SELECT id FROM instance WHERE store_marked_at IS NOT NULL')).toEqual([]);
});

test('the migrations that a restore compares are those of the database', async () => {
  await using database = await createTestDatabase();
  const names = await runSql(database.url, 'SELECT name FROM schema_migrations');
  expect(names.map(({ name }) => String(name)).toSorted()).toEqual(MIGRATION_NAMES);
});
