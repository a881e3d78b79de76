import { createLog } from '@instashare/backend/log';
import { createSeenObjects } from '@instashare/backend/versions';
import { expect, test } from 'vitest';
import { createAbandonBlobs } from '../../src/jobs/abandon-blobs.ts';
import { GRACE_MS, openWorkerWorld, sha256Of, text, type WorkerWorld } from '../support/world.ts';

/** As after the last of the workers that died of these. Gives the jobs that were asked for. */
async function abandon(
  world: WorkerWorld,
  blobIds: readonly string[],
  options: { readonly verifyOnly?: true } = {},
) {
  const asked: unknown[] = [];
  const abandonBlobs = createAbandonBlobs({
    ...world,
    now: () => world.now,
    rawObjectGraceMs: GRACE_MS,
    seenObjects: createSeenObjects(),
    queue: {
      enqueue: async (_, payload) => {
        asked.push(payload);
      },
    },
    log: createLog({ name: 'test', level: 'silent' }),
  });
  await abandonBlobs({ blobIds: [...blobIds], ...options });
  return asked;
}

test('of several blobs that workers die of each gets a job of its own', async () => {
  await using world = await openWorkerWorld();
  const ids = [await world.store(text(10)), await world.store(text(20))];
  expect(await abandon(world, ids)).toEqual(ids.map((id) => ({ blobIds: [id] })));
  expect(await world.blob(ids[0] ?? '')).toMatchObject({ status: 'stored' });
});

test('a blob that workers die of and that was verified before stays as it is', async () => {
  await using world = await openWorkerWorld();
  const id = await world.store(text(5000), { verified: true });
  // Nobody reads it: a disk that is away for now says nothing against it.
  await world.objects.delete((await world.blob(id)).objectKey);
  expect(await abandon(world, [id])).toEqual([]);
  expect(await world.blob(id)).toMatchObject({ status: 'ready', encoding: 'identity', failure: null });
});

test('one that was not is only verified', async () => {
  await using world = await openWorkerWorld();
  const good = await world.store(text(5000));
  const bad = await world.store(text(6000), { sha256: sha256Of(text(7)) });
  const { ids: packed } = await world.storePack([text(700), text(800)]);
  await world.sql('UPDATE blobs SET verified_at = NULL');
  for (const id of [good, bad, ...packed]) {
    expect(await abandon(world, [id])).toEqual([{ blobIds: [id], verifyOnly: true }]);
    expect(await world.blob(id)).toMatchObject({ status: 'stored' });
    await world.compress([id], { verifyOnly: true });
  }
  for (const id of [good, ...packed]) {
    expect(await world.blob(id)).toMatchObject({ status: 'ready', encoding: 'identity' });
    expect((await world.blob(id)).verifiedAt).not.toBeNull();
  }
  const { status, failure } = await world.blob(bad);
  expect(status).toBe('failed');
  expect(failure).toContain('was declared');
});

test('one that workers die of verifying has failed', async () => {
  await using world = await openWorkerWorld();
  const id = await world.store(text(5000));
  expect(await abandon(world, [id], { verifyOnly: true })).toEqual([]);
  expect((await world.blob(id)).failure).toContain('workers died');
});
