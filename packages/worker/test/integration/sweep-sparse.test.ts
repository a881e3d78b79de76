import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { setAge } from '../support/stray-objects.ts';
import { sweeper } from '../support/sweeper.ts';
import { GRACE_MS, openWorkerWorld, text, type WorkerWorld } from '../support/world.ts';

const run = promisify(execFile);
const HOUR_MS = 3_600_000;
const SIZE = 10_000;

interface Pack {
  readonly contents: readonly Buffer[];
  readonly ids: readonly string[];
  readonly key: string;
}

/** Contents that share an object which was settled for more than an hour, compressed or, where that did not pay, as it came. */
async function settledPack(world: WorkerWorld, contents: readonly Buffer[]): Promise<Pack> {
  const { ids } = await world.storePack(contents);
  await world.compress(ids);
  const { objectKey: key } = await world.blob(ids[0] ?? '');
  await setAge(world, key, 2 * HOUR_MS);
  return { contents, ids, key };
}

/** As when their files were purged. */
async function remove(world: WorkerWorld, ids: readonly string[]): Promise<void> {
  const list = ids.map((id) => `'${id}'`).join();
  await world.sql(
    `DELETE FROM files USING file_versions v WHERE v.file_id = files.id AND v.blob_id IN (${list})`,
  );
  await world.sql(`DELETE FROM blobs WHERE id IN (${list})`);
}

/** One of whose contents the first two are left. */
async function sparsePack(world: WorkerWorld, contents: readonly Buffer[]): Promise<Pack> {
  const pack = await settledPack(world, contents);
  await remove(world, pack.ids.slice(2));
  return pack;
}

/** Where what is left of it lies now; as it was written. */
async function placesOf(world: WorkerWorld, { contents, ids }: Pack, left: readonly number[]) {
  const keys = new Set<string>();
  for (const index of left) {
    const { objectKey, status } = await world.blob(ids[index] ?? '');
    expect(status).toBe('ready');
    expect(await world.read(ids[index] ?? '')).toEqual(contents[index]);
    keys.add(objectKey);
  }
  return [...keys];
}

const random = (count: number) => Array.from({ length: count }, () => randomBytes(SIZE));
const texts = (count: number) => Array.from({ length: count }, () => text(SIZE));

/** What is there and has been let go of. */
async function leaving(world: WorkerWorld): Promise<string[]> {
  const keys = new Set(await world.objectKeys());
  const rows = await world.sql('SELECT object_key FROM object_deletions');
  return rows.map(({ object_key }) => String(object_key)).filter((key) => keys.has(key));
}

/** A round in which all that is listed is looked at, and one after what downloads may take. */
async function sweepAll(world: WorkerWorld, ms = 0): Promise<void> {
  const sweep = sweeper(world);
  await sweep.at(ms);
  await sweep.at(ms + GRACE_MS);
}

describe('a shared object of which little is in use', () => {
  test.each([
    ['as it came', random],
    ['compressed', texts],
    ['of both', (count: number) => [...random(count / 2), ...texts(count / 2)]],
  ])('%s: what is left of several moves together, and they go', async (_, make) => {
    await using world = await openWorkerWorld();
    const packs = [await settledPack(world, make(10)), await settledPack(world, make(10))];
    for (const { ids } of packs) await remove(world, ids.toSpliced(8, 1).slice(1));
    const before = await world.sql('SELECT change_seq, used_bytes FROM users');

    await sweepAll(world);
    const places = [];
    for (const pack of packs) places.push(...(await placesOf(world, pack, [0, 8])));
    expect(new Set(places).size).toBe(1);
    expect(await world.objectKeys()).toEqual([places[0]]);
    expect(await leaving(world)).toEqual([]);
    expect(await world.sql('SELECT change_seq, used_bytes FROM users')).toEqual(before);
  });

  test('is restored by the stock zstd from where it has moved to', async () => {
    await using world = await openWorkerWorld();
    const pack = await sparsePack(world, texts(10));
    await sweepAll(world);
    const [key = ''] = await placesOf(world, pack, [0, 1]);
    expect(key).not.toBe(pack.key);
    const path = join(world.dataDir, 'objects', key);
    const { stdout } = await run('zstd', ['-d', '-c', path], { encoding: 'buffer' });
    expect(stdout.equals(Buffer.concat(pack.contents.slice(0, 2)))).toBe(true);
  });

  test('moves once, and not where half of it or more is in use, it is young, or holds what has failed or is not verified', async () => {
    await using world = await openWorkerWorld();
    const packs = [];
    for (let count = 0; count < 5; count += 1) packs.push(await settledPack(world, random(10)));
    const [sparse, half, young, failed, stored] = packs;
    for (const [index, { ids }] of packs.entries()) await remove(world, ids.slice(index === 1 ? 6 : 2));
    await setAge(world, young?.key ?? '', 1000);
    await world.sql(`UPDATE blobs SET status = 'failed', failure = 'x' WHERE id = '${failed?.ids[0]}'`);
    await world.sql(`UPDATE blobs SET status = 'stored' WHERE id = '${stored?.ids[0]}'`);

    await sweepAll(world);
    const keys = await world.objectKeys();
    expect(keys).toEqual(expect.arrayContaining([half, young, failed, stored].map((pack) => pack?.key)));
    expect(keys).not.toContain(sparse?.key);
    for (const key of keys) await setAge(world, key, key === young?.key ? 1000 : 2 * HOUR_MS);
    await sweeper(world).at(10 * 60_000);
    expect(await world.objectKeys()).toEqual(keys);
    expect(await leaving(world)).toEqual([]);
  });

  test('of which a part is damaged: that has failed, and stays where it is, and the rest moves', async () => {
    await using world = await openWorkerWorld();
    const [bad, good] = [await sparsePack(world, random(10)), await sparsePack(world, random(10))];
    {
      await using file = await open(join(world.dataDir, 'objects', bad.key), 'r+');
      await file.write(Buffer.from('no'), 0, 2, 5);
    }
    await setAge(world, bad.key, 2 * HOUR_MS);
    const sweep = sweeper(world);
    await sweep.at(0);
    expect(await world.blob(bad.ids[0] ?? '')).toMatchObject({ objectKey: bad.key, status: 'failed' });
    expect(await world.sql("SELECT kind FROM changes WHERE kind <> 'ready'")).toEqual([{ kind: 'failed' }]);
    const [key] = await placesOf(world, good, [0, 1]);
    expect(await placesOf(world, bad, [1])).toEqual([key]);
    expect(new Set(await world.objectKeys())).toEqual(new Set([bad.key, good.key, key]));
  });

  test('that can not be read keeps no other, is tried again, and leaves nothing behind', async () => {
    await using world = await openWorkerWorld();
    const [bad, good] = [await sparsePack(world, random(10)), await sparsePack(world, random(10))];
    const objects = {
      ...world.objects,
      async read(...[key, options]: Parameters<typeof world.objects.read>) {
        if (key === bad.key) throw new Error('EIO: i/o error, read');
        return world.objects.read(key, options);
      },
    };
    const sweep = sweeper(world, { dependencies: { objects } });
    await expect(sweep.at(0)).rejects.toThrow('repackedObjects');
    expect(await leaving(world)).toEqual([good.key]);
    expect(await placesOf(world, bad, [0, 1])).toEqual([bad.key]);
    expect(await world.objectKeys()).toHaveLength(3);
  });

  test('while the store is away no more than a few are tried, and what was stopped goes on where it was', async () => {
    await using world = await openWorkerWorld();
    for (let count = 0; count < 20; count += 1) {
      const { ids } = await settledPack(world, random(3));
      await remove(world, ids.slice(1));
    }
    let reads = 0;
    const away = {
      ...world.objects,
      async read(): Promise<never> {
        reads += 1;
        throw new Error('the store is away');
      },
    };
    await expect(sweeper(world, { dependencies: { objects: away } }).at(0)).rejects.toThrow(
      'repackedObjects',
    );
    // All of them together, and then one by one.
    expect(reads).toBe(12);
    await sweepAll(world, 10 * 60_000);
    await sweepAll(world, 20 * 60_000);
    expect(await world.objectKeys()).toHaveLength(2);
  });

  test('of which a part is removed meanwhile loses nothing else, and gets nothing back', async () => {
    await using world = await openWorkerWorld();
    const pack = await sparsePack(world, random(10));
    const objects = {
      ...world.objects,
      async put(...args: Parameters<typeof world.objects.put>) {
        await remove(world, pack.ids.slice(1, 2));
        return world.objects.put(...args);
      },
    };
    await sweeper(world, { dependencies: { objects } }).at(0);
    expect(await world.sql('SELECT id FROM blobs')).toEqual([{ id: pack.ids[0] }]);
    const [key] = await placesOf(world, pack, [0]);
    expect(key).not.toBe(pack.key);
  });

  test('a switch that fails leaves everything where it was, and what was written goes by itself', async () => {
    await using world = await openWorkerWorld();
    const pack = await sparsePack(world, random(10));
    const objects = {
      ...world.objects,
      async put(...args: Parameters<typeof world.objects.put>) {
        const stat = await world.objects.put(...args);
        // As if it had taken for ever: it may be about to be deleted.
        await world.sql('UPDATE object_deletions SET due_at = now()');
        return stat;
      },
    };
    const sweep = sweeper(world, { dependencies: { objects } });
    await expect(sweep.at(0)).rejects.toThrow('repackedObjects');
    expect(await placesOf(world, pack, [0, 1])).toEqual([pack.key]);
    expect(await world.objectKeys()).toHaveLength(2);
    await sweep.at(1000);
    expect(await placesOf(world, pack, [0, 1])).toEqual([pack.key]);
    expect(await world.objectKeys()).toEqual([pack.key]);
  });
});
