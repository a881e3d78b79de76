import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, runSql } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { fourContents, onBadDisk } from '../../support/four-contents.ts';
import { adminInside } from '../../support/run-admin.ts';

/** Turns over bits of a file, which keeps its size. */
async function damage(path: string): Promise<void> {
  const bytes = await readFile(path);
  await writeFile(path, Buffer.concat([Buffer.from([(bytes[0] ?? 0) ^ 0xff]), bytes.subarray(1)]));
}

async function emptyServer(backup: string) {
  await using made = new AsyncDisposableStack();
  const database = made.use(await createTestDatabase({ empty: true }));
  const all = made.move();
  const place = { databaseUrl: database.url, dataDir: join(backup, 'restored') };
  return { ...place, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

test('backup --verify copies again what is damaged in the backup and well in the store', async () => {
  await using place = await fourContents();
  const { world, keys, live, copy, backup } = place;
  const admin = adminInside(world);
  expect(await admin('backup', backup, '--verify')).toMatchObject({ code: 0 });
  await damage(copy(keys.one));
  await damage(copy(keys.shared));
  const again = await admin('backup', backup, '--verify');
  expect([again.code, again.events.map(({ event }) => event), again.events.at(-1)]).toEqual([
    0,
    ['replaced', 'replaced', 'backed-up'],
    expect.objectContaining({ kept: 3, replaced: 2, damaged: 0 }),
  ]);
  for (const key of [keys.one, keys.shared])
    expect(await readFile(copy(key))).toEqual(await readFile(live(key)));
});

test('what is damaged here and there stays as it is, is counted, and stops no restore but one with --verify', async () => {
  await using place = await fourContents();
  const { world, keys, live, copy, backup } = place;
  const admin = adminInside(world);
  expect(await admin('backup', backup)).toMatchObject({ code: 0 });
  for (const key of [keys.one, keys.two]) {
    await damage(copy(key));
    await damage(live(key));
  }
  const before = await readFile(copy(keys.one));
  const again = await admin('backup', backup, '--verify');
  expect([again.code, again.events.at(-1)]).toEqual([
    1,
    expect.objectContaining({ replaced: 0, damaged: 2 }),
  ]);
  expect(await readFile(copy(keys.one))).toEqual(before);

  await using server = await emptyServer(backup);
  const refused: unknown[] = [];
  const restore = adminInside(server, {
    replace: () => ({ report: ({ event, objectKey }) => void refused.push([event, objectKey]) }),
  });
  await expect(restore('restore', backup, '--verify')).rejects.toThrow(
    /2 contents are not .* Without --verify/,
  );
  expect(refused).toHaveLength(2);
  expect(new Set(refused)).toEqual(new Set([keys.one, keys.two].map((key) => ['damaged', key])));
  expect(await runSql(server.databaseUrl, "SELECT to_regclass('users') AS users")).toEqual([{ users: null }]);
  expect(await adminInside(server)('restore', backup)).toMatchObject({ code: 0 });
  expect((await adminInside(server)('verify')).events.at(-1)).toMatchObject({ checked: 4, damaged: 2 });
});

test('what was missing when a backup was made stops no restore, with --verify or without', async () => {
  await using place = await fourContents();
  const { world, keys, live, backup } = place;
  await rm(live(keys.one));
  const made = await adminInside(world)('backup', backup, '--verify');
  expect([made.code, made.events.at(-1)]).toEqual([1, expect.objectContaining({ missing: 1, damaged: 0 })]);
  await using server = await emptyServer(backup);
  const restored = await adminInside(server)('restore', backup, '--verify');
  expect([restored.code, restored.events.at(-1)]).toEqual([
    1,
    expect.objectContaining({ event: 'restored', objects: 2, copied: 2 }),
  ]);
});

test('a damaged copy stays when the disk of the store can not read the object', async () => {
  await using place = await fourContents();
  const { world, keys, copy, backup } = place;
  expect(await adminInside(world)('backup', backup)).toMatchObject({ code: 0 });
  await damage(copy(keys.one));
  const before = await readFile(copy(keys.one));
  const bad = await onBadDisk(world, keys.one)('backup', backup, '--verify');
  expect([bad.code, bad.events]).toEqual([
    1,
    [
      expect.objectContaining({ event: 'damaged', objectKey: keys.one, isInBackup: true }),
      expect.objectContaining({ replaced: 0, damaged: 1 }),
    ],
  ]);
  expect(await readFile(copy(keys.one))).toEqual(before);
});
