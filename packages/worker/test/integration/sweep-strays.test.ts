import { randomUUID } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { setAge, strayObject } from '../support/stray-objects.ts';
import { openUpload, sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, text } from '../support/world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** As long as strays are kept. */
const WEEK_MS = 7 * DAY_MS;

describe('S4: objects without a row', () => {
  test('go, a week later, when they are older than a day, whoever else is younger or owned stays', async () => {
    await using world = await openWorkerWorld();
    const raw = await world.blob(await world.store(text(5000)));
    const ready = await world.store(text(5000));
    await world.compress([ready]);
    const upload = await openUpload(world, { sizeBytes: 5, expiresInMs: 30 * DAY_MS });
    await world.objects.put(upload.objectKey, Readable.from([Buffer.from('whole')]));
    // Where a worker of a version before, which may still run, is about to switch to.
    const halfDone = `${raw.userId}/${raw.id}.zst`;
    const owned = [raw.objectKey, (await world.blob(ready)).objectKey, upload.objectKey, halfDone];
    await world.objects.put(halfDone, Readable.from([Buffer.from('x')]));
    for (const key of owned) await setAge(world, key, 2 * DAY_MS);
    const young = await strayObject(world, DAY_MS - MINUTE_MS);
    const old = await strayObject(world, DAY_MS + MINUTE_MS);
    const ofGoneBlob = await strayObject(world, 2 * DAY_MS, `${randomUUID()}.zst`);

    const sweep = sweeper(world);
    await sweep.at(0);
    // They were let go of; the first round of then removes them.
    await sweep.at(WEEK_MS - 1);
    for (const key of [old, ofGoneBlob]) expect(await world.objects.stat(key)).not.toBeNull();
    await sweep.at(WEEK_MS);
    for (const key of [old, ofGoneBlob]) expect(await world.objects.stat(key)).toBeNull();
    for (const key of [...owned, young]) expect(await world.objects.stat(key)).not.toBeNull();
  });

  test('are found page by page, and the next round goes on where the last one was', async () => {
    await using world = await openWorkerWorld();
    const keys: string[] = [];
    for (let count = 0; count < 5; count += 1) keys.push(await strayObject(world, 2 * DAY_MS));
    const { objects } = world;
    const inPages = {
      ...objects,
      list: (o: Parameters<typeof objects.list>[0]) => objects.list({ ...o, limit: 2 }),
    };
    const noted = async () => {
      const rows = await world.sql('SELECT object_key FROM object_deletions ORDER BY object_key COLLATE "C"');
      return rows.map(({ object_key }) => object_key);
    };
    // Another process each time. Round after round comes upon the same ones.
    for (const [round, expected] of [2, 4, 5, 5, 5].entries()) {
      await sweeper(world, { dependencies: { objects: inPages } }).at(round * 5 * MINUTE_MS);
      expect(await noted()).toEqual(keys.toSorted().slice(0, expected));
    }
    await sweeper(world).at(WEEK_MS);
    expect(await noted()).toEqual(keys.toSorted().slice(2));
  });

  test('stay when the database that knows them is put back in time', async () => {
    await using world = await openWorkerWorld();
    const content = text(5000);
    const id = await world.store(content);
    const { objectKey } = await world.blob(id);
    await setAge(world, objectKey, 2 * DAY_MS);
    // Where it was before.
    const before = await strayObject(world, 0);
    await world.sql(`UPDATE blobs SET object_key = '${before}' WHERE id = '${id}'`);
    const sweep = sweeper(world);
    await sweep.at(0);
    await sweep.at(DAY_MS);
    expect(await world.sql('SELECT object_key FROM object_deletions')).toEqual([{ object_key: objectKey }]);
    await world.sql(`UPDATE blobs SET object_key = '${objectKey}' WHERE id = '${id}'`);
    await sweep.at(WEEK_MS);
    expect(await world.read(id)).toEqual(content);
  });

  test('that were named again, and let go of, are strays no more: their readers have their time', async () => {
    await using world = await openWorkerWorld();
    const key = await strayObject(world, 2 * DAY_MS);
    const { objectDeletions } = world.database.repositories;
    await sweeper(world).at(0);
    await objectDeletions.schedule([key], new Date(world.now.getTime() + WEEK_MS));
    expect(await world.sql('SELECT is_stray FROM object_deletions')).toEqual([{ is_stray: false }]);
    expect(await objectDeletions.scheduleOwnerless([key], world.now)).toEqual([]);
  });

  test('that are known do not make others too many', async () => {
    await using world = await openWorkerWorld();
    const keys: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 10; count += 1) keys.push(await strayObject(world, 2 * DAY_MS));
      await sweeper(world).at(round * 5 * MINUTE_MS);
    }
    const rows = await world.sql('SELECT object_key FROM object_deletions');
    expect(new Set(rows.map(({ object_key }) => object_key))).toEqual(new Set(keys));
  });

  test('are left alone when a page is full of them: then the database is the wrong one', async () => {
    await using world = await openWorkerWorld();
    const keys: string[] = [];
    for (let count = 0; count < 30; count += 1) keys.push(await strayObject(world, 2 * DAY_MS));
    const sweep = sweeper(world);
    await sweep.at(0);
    await sweep.at(10 * MINUTE_MS);
    for (const key of keys) expect(await world.objects.stat(key)).not.toBeNull();
    expect(await world.database.repositories.objectDeletions.countDue(new Date(8e15))).toBe(0);
  });

  test('bytes of an upload session that nothing names go as well', async () => {
    await using world = await openWorkerWorld();
    const upload = await openUpload(world, { sizeBytes: 5, expiresInMs: 30 * DAY_MS });
    const stray = `${world.userId}/${randomUUID()}`;
    await writeFile(join(world.dataDir, 'objects', `${stray}.part`), 'half');
    for (const key of [stray, upload.objectKey]) await setAge(world, `${key}.part`, 2 * DAY_MS);
    const sweep = sweeper(world);
    await sweep.at(0);
    await sweep.at(WEEK_MS);
    const session = (key: string) => world.objects.uploadSessionStatus(key, '5');
    expect(await session(stray)).toEqual({ state: 'gone' });
    expect(await session(upload.objectKey)).toMatchObject({ state: 'open' });
  });

  test('all unfinished uploads may be strays: they go when the objects tell that the database is the right one', async () => {
    await using world = await openWorkerWorld();
    await world.store(text(10));
    const folder = join(world.dataDir, 'objects', world.userId);
    const count = async (end: string) => (await readdir(folder)).filter((name) => name.endsWith(end)).length;
    for (let left = 30; left > 0; left -= 1) {
      const name = `${randomUUID()}.part`;
      await writeFile(join(folder, name), 'half');
      await setAge(world, join(world.userId, name), 2 * DAY_MS);
    }
    const sweep = sweeper(world);
    await sweep.at(0);
    await sweep.at(WEEK_MS);
    expect(await count('.part')).toBe(0);

    for (let left = 30; left > 0; left -= 1) {
      const stray = await strayObject(world, 2 * DAY_MS);
      await writeFile(join(world.dataDir, 'objects', `${stray}.part`), 'half');
      await setAge(world, `${stray}.part`, 2 * DAY_MS);
    }
    await sweep.at(WEEK_MS + 10 * MINUTE_MS);
    await sweep.at(2 * WEEK_MS + 10 * MINUTE_MS);
    expect(await count('.part')).toBe(30);
  });
});
