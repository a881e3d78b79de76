import { describe, expect, test } from 'vitest';
import { openUpload, type SweeperOptions, sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, sha256Of, type WorkerWorld } from '../support/world.ts';

const HOUR_MS = 60 * 60_000;
const COUNT = 40;
/** A few that fail, and those that were begun beside them. */
const MOST_A_ROUND = 20;

/** Uploads that each round asks the store about; gives their keys in order. */
async function openMany(world: WorkerWorld, expiresInMs: number): Promise<string[]> {
  const sha256 = sha256Of(Buffer.from(''));
  const keys: string[] = [];
  for (let count = 0; count < COUNT; count += 1)
    keys.push((await openUpload(world, { sizeBytes: 5, sha256, expiresInMs })).objectKey);
  return keys.toSorted();
}

describe.each([
  { what: 'uploads that may be complete', step: 'completedUploads', call: 'stat', expiresInMs: 24 * HOUR_MS },
  { what: 'uploads that are over', step: 'removedUploads', call: 'cancelUploadSession', expiresInMs: 1000 },
] as const)('a store that is away: $what', ({ step, call, expiresInMs }) => {
  /** A store that fails so, and what it was asked for. */
  function sick({ objects }: WorkerWorld, onAsked: () => void = () => {}) {
    const asked: string[] = [];
    const fail = (key: string) => {
      asked.push(key);
      onAsked();
      return Promise.reject(new Error('unavailable'));
    };
    const dependencies: SweeperOptions['dependencies'] = { objects: { ...objects, [call]: fail } };
    return { asked, dependencies };
  }

  test('after a few the rest is left, and the next round goes on there', async () => {
    await using world = await openWorkerWorld();
    const keys = await openMany(world, expiresInMs);
    const { asked, dependencies } = sick(world);
    const sweep = sweeper(world, { dependencies });
    for (let hours = 2; asked.length < COUNT; hours += 1) {
      const before = asked.length;
      await expect(sweep.at(hours * HOUR_MS)).rejects.toThrow(`Parts of the sweep failed (${step})`);
      expect(asked.length - before).toBeLessThanOrEqual(MOST_A_ROUND);
    }
    // Several are begun at once.
    expect(asked.toSorted()).toEqual(keys);
  });

  test('none is begun once the worker stops', async () => {
    await using world = await openWorkerWorld();
    await openMany(world, expiresInMs);
    const stopping = new AbortController();
    const { asked, dependencies } = sick(world, () => stopping.abort());
    const sweep = sweeper(world, { dependencies, signal: stopping.signal });
    await expect(sweep.at(2 * HOUR_MS)).rejects.toThrow(`Parts of the sweep failed (${step})`);
    // Some may have been begun before it was told.
    expect(asked.length).toBeLessThanOrEqual(8);
  });
});

test('uploads that can not be removed do not keep those behind them, and go once they can be', async () => {
  await using world = await openWorkerWorld();
  const keys = await openMany(world, 1000);
  const bad = new Set(keys.slice(0, 15));
  const { uploads } = world.database.repositories;
  const cancelUploadSession = async (key: string, session: string) => {
    if (bad.has(key)) throw new Error('forbidden');
    await world.objects.cancelUploadSession(key, session);
  };
  const sweep = sweeper(world, { dependencies: { objects: { ...world.objects, cancelUploadSession } } });
  // The first is held up by them, the second begins behind.
  await expect(sweep.at(2 * HOUR_MS)).rejects.toThrow('removedUploads');
  await sweep.at(3 * HOUR_MS).catch(() => {});
  expect(await uploads.countOver(new Date(8e15))).toBe(bad.size);
  bad.clear();
  await sweep.at(4 * HOUR_MS);
  expect(await uploads.countOver(new Date(8e15))).toBe(0);
});
