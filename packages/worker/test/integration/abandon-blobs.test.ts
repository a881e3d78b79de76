import { createLog } from '@instashare/backend/log';
import { expect, test } from 'vitest';
import { createAbandonBlobs } from '../../src/jobs/abandon-blobs.ts';
import { GRACE_MS, openWorkerWorld, sha256Of, text, type WorkerWorld } from '../support/world.ts';

/** As after the last of the workers that died of these. Gives the jobs that were asked for. */
async function abandon(world: WorkerWorld, blobIds: readonly string[]) {
  const asked: unknown[] = [];
  const abandonBlobs = createAbandonBlobs({
    ...world,
    now: () => world.now,
    rawObjectGraceMs: GRACE_MS,
    queue: {
      enqueue: async (_, payload) => {
        asked.push(payload);
      },
    },
    log: createLog({ name: 'test', level: 'silent' }),
  });
  await abandonBlobs({ blobIds: [...blobIds] });
  return asked;
}

test('of several blobs that workers die of each gets a job of its own', async () => {
  await using world = await openWorkerWorld();
  const ids = [await world.store(text(10)), await world.store(text(20))];
  expect(await abandon(world, ids)).toEqual(ids.map((id) => ({ blobIds: [id] })));
  expect(await world.blob(ids[0] ?? '')).toMatchObject({ status: 'stored' });
});

test('a blob that workers die of stays as it is, where it was verified before or is found to be good', async () => {
  await using world = await openWorkerWorld();
  const verified = await world.store(text(5000), { verified: true });
  const good = await world.store(text(6000));
  // Nobody reads it: a disk that is away for now says nothing against it.
  await world.objects.delete((await world.blob(verified)).objectKey);
  for (const id of [verified, good]) expect(await abandon(world, [id])).toEqual([]);
  for (const id of [verified, good]) {
    const blob = await world.blob(id);
    expect(blob).toMatchObject({ status: 'ready', encoding: 'identity', failure: null });
    expect(blob.verifiedAt).not.toBeNull();
  }
});

test('a blob that workers die of is failed where it is not what was declared', async () => {
  await using world = await openWorkerWorld();
  const bad = await world.store(text(5000), { sha256: sha256Of(text(7)) });
  await abandon(world, [bad]);
  const { status, failure } = await world.blob(bad);
  expect(status).toBe('failed');
  expect(failure).toContain('was declared');
});
