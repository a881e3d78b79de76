import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, runSql } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { adminInside } from '../../support/run-admin.ts';
import { openWorkerWorld, text } from '../../support/world.ts';

/** What ends a line for some programs, and is a character of a name for PostgreSQL and JSON. */
const ENDS = ['\u2028', '\u2029', '\u0085', '\r', '\v', '\f'];
const NAMES = 'SELECT path AS name FROM files UNION ALL SELECT name FROM users ORDER BY 1';

test('U+2028 and its like in the name of a file or a user are restored as they are', async () => {
  await using world = await openWorkerWorld();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  for (const end of ENDS) {
    await world.store(text(100));
    await world.addUser();
    const literal = `'a ","path":"${end}' || gen_random_uuid() || '${end}'`;
    await world.sql(`UPDATE files SET path = ${literal} WHERE path LIKE 'file-%'`);
    await world.sql(`UPDATE users SET name = ${literal} WHERE name IS NULL`);
  }
  expect(await adminInside(world)('backup', folder.path, '--verify')).toMatchObject({ code: 0 });

  await using database = await createTestDatabase({ empty: true });
  const place = { databaseUrl: database.url, dataDir: join(folder.path, 'restored') };
  expect(await adminInside(place)('restore', folder.path, '--verify')).toMatchObject({ code: 0 });
  const names = await runSql(database.url, NAMES);
  expect(names).toHaveLength(2 * ENDS.length + 1);
  expect(names).toEqual(await world.sql(NAMES));
});

test('a backup with more or fewer rows than it counted is not restored', async () => {
  await using world = await openWorkerWorld();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  await world.store(text(100));
  expect(await adminInside(world)('backup', folder.path)).toMatchObject({ code: 0 });
  const manifest = join(folder.path, 'manifest.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(/("files": \{\s+"lines": )1/, '$12'));

  await using database = await createTestDatabase({ empty: true });
  const place = { databaseUrl: database.url, dataDir: join(folder.path, 'restored') };
  await expect(adminInside(place)('restore', folder.path)).rejects.toThrow(
    /counts 2 rows of files, but has 1/,
  );
  expect(await runSql(database.url, NAMES)).toEqual([]);
});
