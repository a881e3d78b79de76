import { mkdtempDisposable, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBackupObjects } from '../../../src/admin/backup/backup-folder.ts';
import { putCopy } from '../../../src/admin/backup/copy-objects.ts';
import { withBadSector } from '../../support/failing-store.ts';
import { fourContents, onBadDisk } from '../../support/four-contents.ts';
import { adminInside } from '../../support/run-admin.ts';

test('what the store has lost or cut short is kept in the backup that has it, and named', async () => {
  await using place = await fourContents();
  const { world, keys, live, copy, backup } = place;
  const admin = adminInside(world);
  expect(await admin('backup', backup)).toMatchObject({ code: 0 });
  const before = await Promise.all(Object.values(keys).map((key) => readFile(copy(key))));
  await rm(live(keys.one));
  await truncate(live(keys.two), 10);
  await truncate(live(keys.shared), 10);

  const again = await admin('backup', backup, '--verify');
  const faults = again.events
    .slice(0, -1)
    .map(({ event, objectKey, isInBackup }) => `${String(objectKey)} ${event} ${String(isInBackup)}`);
  expect([again.code, faults.toSorted(), again.events.at(-1)]).toEqual([
    1,
    [`${keys.one} missing true`, `${keys.two} damaged true`, `${keys.shared} damaged true`].toSorted(),
    expect.objectContaining({
      event: 'backed-up',
      copied: 0,
      kept: 3,
      missing: 0,
      onlyInBackup: 3,
      damaged: 0,
    }),
  ]);
  // The same when it counts as failed by then.
  await world.sql("UPDATE blobs SET status = 'failed', failure = 'Its object is missing in the store'");
  expect(await admin('backup', backup)).toMatchObject({ code: 0 });
  expect(await Promise.all(Object.values(keys).map((key) => readFile(copy(key))))).toEqual(before);
});

test('a copy of another size is replaced by a source that has the right one, and what is nowhere is named', async () => {
  await using place = await fourContents();
  const { world, keys, live, copy, backup } = place;
  const admin = adminInside(world);
  expect(await admin('backup', backup)).toMatchObject({ code: 0 });
  await truncate(copy(keys.one), 10);
  await rm(copy(keys.two));
  await rm(live(keys.two));
  const again = await admin('backup', backup);
  expect([again.code, again.events]).toEqual([
    1,
    [
      expect.objectContaining({ event: 'missing', objectKey: keys.two, isInBackup: false }),
      expect.objectContaining({ event: 'backed-up', copied: 1, kept: 1, missing: 1, onlyInBackup: 0 }),
    ],
  ]);
  expect(await readFile(copy(keys.one))).toEqual(await readFile(live(keys.one)));
});

test('an object that the disk can not read stops no backup, and is kept where the backup has it', async () => {
  await using place = await fourContents();
  const { world, keys, live, copy, backup } = place;
  const bad = await onBadDisk(world, keys.one)('backup', backup);
  expect([bad.code, bad.events]).toEqual([
    1,
    [
      expect.objectContaining({ event: 'damaged', objectKey: keys.one, isInBackup: false }),
      expect.objectContaining({ event: 'backed-up', copied: 2, missing: 1 }),
    ],
  ]);
  expect(await adminInside(world)('backup', backup)).toMatchObject({ code: 0 });
  // It is there now, and is not read again.
  expect(await onBadDisk(world, keys.one)('backup', backup)).toMatchObject({ code: 0 });
  expect(await readFile(copy(keys.one))).toEqual(await readFile(live(keys.one)));
});

test('verify goes on behind what can not be read, and marks it only when the disk says that it is lost', async () => {
  await using place = await fourContents();
  const { world, keys } = place;
  const summary = { event: 'verified', checked: 4, damaged: 1 };
  const locked = await onBadDisk(world, keys.one, 'EACCES')('verify', '--mark-failed');
  expect([locked.code, locked.events]).toEqual([
    1,
    [
      expect.objectContaining({ event: 'unreadable', objectKey: keys.one, isMarked: false }),
      expect.objectContaining(summary),
    ],
  ]);
  const lost = await onBadDisk(world, keys.one)('verify', '--mark-failed');
  expect([lost.code, lost.events]).toEqual([
    1,
    [
      expect.objectContaining({ event: 'damaged', objectKey: keys.one, isMarked: true }),
      expect.objectContaining(summary),
    ],
  ]);
  expect(await world.sql("SELECT object_key FROM blobs WHERE status = 'failed'")).toEqual([
    { object_key: keys.one },
  ]);
});

test('when the store itself is away, nothing is said of what is in it', async () => {
  await using place = await fourContents();
  const { world, keys } = place;
  const away = adminInside(world, {
    replace: ({ openStore }) => ({
      openStore: async (...args) => ({
        ...withBadSector(await openStore(...args), keys.one),
        check: () => Promise.reject(new Error('the disk is away')),
      }),
    }),
  });
  await expect(away('verify', '--mark-failed')).rejects.toThrow('the disk is away');
  await expect(away('backup', place.backup)).rejects.toThrow('the disk is away');
  expect(await world.sql("SELECT id FROM blobs WHERE status = 'failed'")).toEqual([]);
});

test('a restore leaves out what the disk of the backup can not read', async () => {
  await using place = await fourContents();
  const { keys, world } = place;
  await using folder = await mkdtempDisposable(join(tmpdir(), 'restored-'));
  await using to = openBackupObjects(folder.path, { reserveBytes: 0 });
  const { signal } = new AbortController();
  const put = (key: string, sizeBytes: number) =>
    putCopy({ key, sizeBytes }, { from: withBadSector(world.objects, keys.one), to, signal });
  expect(await put(keys.one, 1000)).toMatchObject({ kind: 'damaged' });
  expect([await put(keys.two, 2000), await put(keys.two, 2000)]).toEqual(['copied', 'there']);
  expect((await to.list({ limit: 10 })).objects.map(({ key }) => key)).toEqual([keys.two]);
});
