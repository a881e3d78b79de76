import { describe, expect, test } from 'vitest';
import { sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, text, type WorkerWorld } from '../support/world.ts';

const HOUR_MS = 60 * 60_000;

/** Blobs of which each has lost its object; the sweep looks at them in the order of their ids. */
async function lostContents(world: WorkerWorld, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let stored = 0; stored < count; stored += 1) ids.push(await world.store(text(10)));
  for (const id of ids) await world.objects.delete((await world.blob(id)).objectKey);
  return ids.toSorted();
}

const statusesOf = async (world: WorkerWorld, ids: readonly string[]) => {
  const blobs = await world.database.repositories.blobs.findMany(ids);
  return new Set(blobs.map(({ status }) => status));
};

describe('S4: rows without an object', () => {
  test('are failed with the reason, their owner is told, and nothing is removed', async () => {
    await using world = await openWorkerWorld();
    const [lost, lostReady, kept] = [
      await world.store(text(5000)),
      await world.store(text(6000)),
      await world.store(text(7000)),
    ];
    await world.compress([lostReady]);
    for (const id of [lost, lostReady]) await world.objects.delete((await world.blob(id)).objectKey);
    const sweep = sweeper(world);
    await sweep.at(HOUR_MS / 2);
    expect(await world.blob(lost)).toMatchObject({ status: 'stored' });

    await sweep.at(2 * HOUR_MS);
    const failure = 'Its object is missing in the store';
    expect(await world.blob(lost)).toMatchObject({ status: 'failed', failure, verifiedAt: null });
    expect(await world.blob(lostReady)).toMatchObject({ status: 'failed', failure });
    expect(await world.blob(kept)).toMatchObject({ status: 'stored' });
    const rows = await world.sql("SELECT count(*)::int FROM changes WHERE kind = 'failed'");
    expect(rows).toEqual([{ count: 2 }]);
  });

  test('content that came back is ready again once it is retried, compressed or not', async () => {
    await using world = await openWorkerWorld();
    const content = text(5000);
    const id = await world.store(content);
    await world.compress([id]);
    const { repositories } = world.database;
    await repositories.blobs.failMissing([await world.blob(id)], 'gone');
    expect(await repositories.blobs.retryFailed(id, world.now)).toEqual({ id, sizeBytes: 5000 });
    await world.compress([id]);
    expect(await world.blob(id)).toMatchObject({ status: 'ready', encoding: 'zstd' });
    expect(await world.read(id)).toEqual(content);
  });

  test('that are too many to be lost fail no content, and do not keep those behind from being looked at', async () => {
    await using world = await openWorkerWorld();
    // A page holds 1,000.
    const packs = [];
    for (let count = 0; count < 12; count += 1)
      packs.push(await world.storePack(Array.from({ length: 84 }, () => text(10))));
    for (const { key } of packs) await world.objects.delete(key);
    const ids = packs.flatMap((pack) => pack.ids).toSorted();
    const sweep = sweeper(world);
    await expect(sweep.at(2 * HOUR_MS)).rejects.toThrow('Parts of the sweep failed (missingObjects)');
    expect(await statusesOf(world, ids)).toEqual(new Set(['stored']));
    await sweep.at(3 * HOUR_MS);
    expect(await statusesOf(world, ids.slice(0, 1000))).toEqual(new Set(['stored']));
    expect(await statusesOf(world, ids.slice(1000))).toEqual(new Set(['failed']));
  });

  test('a store that is not there fails no content, though few of it would be missing', async () => {
    await using world = await openWorkerWorld();
    const ids = await lostContents(world, 2);
    const check = () => Promise.reject(new Error('not mounted'));
    const dependencies = { objects: { ...world.objects, check } };
    await expect(sweeper(world, { dependencies }).at(2 * HOUR_MS)).rejects.toThrow(
      'Parts of the sweep failed',
    );
    expect(await statusesOf(world, ids)).toEqual(new Set(['stored']));
  });

  test('one object that many share counts once', async () => {
    await using world = await openWorkerWorld();
    const { ids, key } = await world.storePack(Array.from({ length: 30 }, () => text(100)));
    await world.objects.delete(key);
    await sweeper(world).at(2 * HOUR_MS);
    expect(await statusesOf(world, ids)).toEqual(new Set(['failed']));
  });

  test('one object that can not be looked at does not keep the others', async () => {
    await using world = await openWorkerWorld();
    const [unreadable = '', lost = ''] = await lostContents(world, 2);
    const { objectKey } = await world.blob(unreadable);
    const stat = async (key: string) => {
      if (key === objectKey) throw new Error('forbidden');
      return world.objects.stat(key);
    };
    const dependencies = { objects: { ...world.objects, stat } };
    const sweep = sweeper(world, { dependencies });
    await expect(sweep.at(2 * HOUR_MS)).rejects.toThrow('Parts of the sweep failed (missingObjects)');
    expect((await world.blob(lost)).status).toBe('failed');
    expect((await world.blob(unreadable)).status).toBe('stored');
  });

  test('many that can not be looked at are left behind, and the next round goes on there', async () => {
    await using world = await openWorkerWorld();
    const ids = await lostContents(world, 40);
    const keys = await Promise.all(ids.map(async (id) => (await world.blob(id)).objectKey));
    const asked: string[] = [];
    const stat = async (key: string) => {
      asked.push(key);
      throw new Error('unavailable');
    };
    const dependencies = { objects: { ...world.objects, stat } };
    const rounds: number[] = [];
    for (let hours = 2; asked.length < keys.length; hours += 1) {
      await expect(sweeper(world, { dependencies }).at(hours * HOUR_MS)).rejects.toThrow(
        'Parts of the sweep',
      );
      rounds.push(asked.length);
    }
    expect(rounds.length).toBeGreaterThan(1);
    expect(asked.slice(0, keys.length)).toEqual(keys);
  });
});
