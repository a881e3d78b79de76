import { mkdir, mkdtempDisposable, readdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createTestDatabase } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { openBackupObjects } from '../../../src/admin/backup/backup-folder.ts';
import { adminInside } from '../../support/run-admin.ts';
import { openWorkerWorld, text, type WorkerWorld } from '../../support/world.ts';

/** A server that has one file, one object that no row names, and a marked store. */
async function serverWithStray() {
  await using made = new AsyncDisposableStack();
  const world = made.use(await openWorkerWorld());
  await world.store(text(1000));
  const [{ id = '' } = {}] = await world.sql('SELECT id::text AS id FROM instance');
  await world.objects.mark(String(id));
  await world.store(text(2000));
  // As an upload that is stored, and whose row is not written yet.
  await world.sql(
    'DELETE FROM files WHERE id IN (SELECT f.file_id FROM file_versions f JOIN blobs b ON b.id = f.blob_id WHERE b.size_bytes = 2000)',
  );
  await world.sql('DELETE FROM blobs WHERE size_bytes = 2000');
  const all = made.move();
  return { ...world, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const objectsOf = async ({ objects }: WorkerWorld) => (await objects.list({ limit: 100 })).objects.length;

test("a backup is never made where a server's objects are, by whatever way the folder is named", async () => {
  await using world = await serverWithStray();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  const admin = adminInside(world);
  const among = /would lie among the objects of the server/;
  const link = join(folder.path, 'link');
  await symlink(world.dataDir, link);
  const linked = join(folder.path, 'linked');
  await mkdir(linked);
  await symlink(join(world.dataDir, 'objects'), join(linked, 'objects'));

  await expect(admin('backup', world.dataDir)).rejects.toThrow(among);
  await expect(admin('backup', link)).rejects.toThrow(among);
  await expect(admin('backup', linked)).rejects.toThrow(among);
  await expect(admin('backup', join(world.dataDir, 'objects', 'backup'))).rejects.toThrow(among);
  expect(await readdir(join(world.dataDir, 'objects'))).not.toContain('backup');
  expect([await objectsOf(world), await readdir(linked)]).toEqual([2, ['objects']]);

  // The same objects by a way that is not seen to be the same, such as a bind mount: their mark tells.
  const elsewhere = adminInside({ ...world, dataDir: join(folder.path, 'unused') });
  await expect(elsewhere('backup', world.dataDir)).rejects.toThrow(/is the store of a server, and no backup/);
  expect([await objectsOf(world), (await readdir(world.dataDir)).toSorted()]).toEqual([2, ['objects']]);
});

test('objects that nothing says to be a backup are not taken for one, and those of another server are not either', async () => {
  await using unmarked = await openWorkerWorld();
  await unmarked.store(text(1000));
  // Databases of tests are copies of one.
  await unmarked.sql('UPDATE instance SET id = gen_random_uuid()');
  await using world = await serverWithStray();
  const admin = adminInside(world);
  await expect(admin('backup', unmarked.dataDir)).rejects.toThrow(/nothing says that they are a backup's/);
  expect([await objectsOf(unmarked), await unmarked.objects.readMark()]).toEqual([1, null]);

  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  const backup = join(folder.path, 'backup');
  expect((await admin('backup', backup)).code).toBe(0);
  expect((await admin('backup', backup)).code).toBe(0);
  await expect(adminInside(unmarked)('backup', backup)).rejects.toThrow(/a backup of another server/);
});

test('no server starts on a backup', async () => {
  await using world = await serverWithStray();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  await adminInside(world)('backup', folder.path);
  await using other = await createTestDatabase();
  const opening = /belongs to another database/;
  const own = adminInside({ databaseUrl: world.databaseUrl, dataDir: folder.path });
  await expect(own('verify')).rejects.toThrow(opening);
  const others = adminInside({ databaseUrl: other.url, dataDir: folder.path });
  await expect(others('sweep', '--dry-run')).rejects.toThrow(opening);
});

test('a backup leaves free on its disk what the server leaves free, and what it had written goes with the next one', async () => {
  await using world = await serverWithStray();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  const full = adminInside(world, { environment: { DISK_RESERVE_MIB: '1000000000' } });
  await expect(full('backup', folder.path)).rejects.toThrow(/The disk has \d+ bytes left/);
  await expect(full('backup', folder.path)).rejects.toThrow(/The disk has \d+ bytes left/);
  const rows = async () => (await readdir(folder.path)).filter((name) => name.startsWith('rows-')).length;
  expect(await rows()).toBe(1);
  await using objects = openBackupObjects(folder.path, { reserveBytes: Number.MAX_SAFE_INTEGER });
  await expect(objects.put('a/b', Readable.from(['bytes']))).rejects.toThrow(/The disk has \d+ bytes left/);
  expect(await adminInside(world)('backup', folder.path)).toMatchObject({ code: 0 });
  expect(await rows()).toBe(1);
});
