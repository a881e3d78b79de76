import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { createLog } from '@instashare/backend/log';
import { describe, expect, test, vi } from 'vitest';
import { openUpload, sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, text } from '../support/world.ts';

const MINUTE_MS = 60_000;

describe('S5: a stored blob whose job was lost', () => {
  test('is enqueued again after 15 seconds, once', async () => {
    await using world = await openWorkerWorld();
    const lost = await world.store(text(100));
    const done = await world.store(text(100));
    await world.compress([done]);
    const sweep = sweeper(world);
    await sweep.at(10_000);
    expect(sweep.enqueued).toEqual([]);
    await sweep.at(MINUTE_MS);
    await sweep.at(MINUTE_MS + 10_000);
    expect(sweep.enqueued).toEqual([lost]);
    await sweep.at(2 * MINUTE_MS);
    expect(sweep.enqueued).toEqual([lost, lost]);
  });

  test('is not taken for lost while a worker has it in hand, or it waits its turn', async () => {
    await using world = await openWorkerWorld();
    const id = await world.store(text(100));
    const inHand = sweeper(world, { queue: { active: [id] } });
    await inHand.at(24 * 60 * MINUTE_MS);
    expect(inHand.enqueued).toEqual([]);
    const behindOthers = sweeper(world, { queue: { waiting: 1 } });
    await behindOthers.at(30 * MINUTE_MS);
    expect(behindOthers.enqueued).toEqual([]);
    await behindOthers.at(2 * 60 * MINUTE_MS);
    expect(behindOthers.enqueued).toEqual([id]);
  });
});

describe('S1: uploads that are over', () => {
  const SIZE = 5000;

  test('go with their bytes and what they had reserved, and open ones stay', async () => {
    await using world = await openWorkerWorld();
    const { uploads, users } = world.database.repositories;
    const expired = await openUpload(world, { sizeBytes: SIZE, expiresInMs: 1000 });
    const cancelled = await openUpload(world, { sizeBytes: SIZE });
    const open = await openUpload(world, { sizeBytes: SIZE });
    // All its bytes came, but nobody completed it.
    await world.objects.delete(expired.objectKey);
    await world.objects.put(expired.objectKey, Readable.from([randomBytes(SIZE)]));
    await uploads.end(cancelled.id, world.now);

    await sweeper(world).at(2000);
    expect(await uploads.findById(expired.id)).toBeNull();
    expect(await uploads.findById(cancelled.id)).toBeNull();
    expect(await uploads.findById(open.id)).toMatchObject({ state: 'pending' });
    expect((await users.find(world.userId))?.usedBytes).toBe(SIZE);
    expect(await world.objects.stat(expired.objectKey)).toBeNull();
    const status = (upload: typeof open) =>
      world.objects.uploadSessionStatus(upload.objectKey, upload.session);
    expect(await status(cancelled)).toEqual({ state: 'gone' });
    expect(await status(open)).toEqual({ state: 'open', receivedBytes: 0 });
  });

  test('leave nothing, even if their creation was cut off before the row knew of the session', async () => {
    await using world = await openWorkerWorld();
    const { uploads, users } = world.database.repositories;
    const upload = await openUpload(world, { sizeBytes: SIZE, expiresInMs: 1000, isCutOff: true });
    const unfinished = async () => (await world.objects.unfinishedUploads.list({ limit: 10 })).objects;
    expect(await unfinished()).toMatchObject([{ key: upload.objectKey }]);

    const sweep = sweeper(world);
    await sweep.at(2000);
    await sweep.at(2000 + MINUTE_MS);
    expect(await uploads.findById(upload.id)).toBeNull();
    expect((await users.find(world.userId))?.usedBytes).toBe(0);
    expect(await unfinished()).toEqual([]);
  });
});

describe('objects that were let go of', () => {
  test('go when their time has come, and never while content lives in them', async () => {
    await using world = await openWorkerWorld();
    const id = await world.store(text(5000));
    const { objectKey: rawKey } = await world.blob(id);
    await world.compress([id]);
    const { objectKey: key } = await world.blob(id);
    await world.database.repositories.objectDeletions.schedule([key], world.now);

    const sweep = sweeper(world);
    await sweep.at(MINUTE_MS - 1);
    expect(await world.objects.stat(rawKey)).not.toBeNull();
    await sweep.at(MINUTE_MS);
    expect(await world.objects.stat(rawKey)).toBeNull();
    expect(await world.objects.stat(key)).not.toBeNull();
    await sweep.at(MINUTE_MS);
  });
});

describe('content that no version points at', () => {
  test('goes with its objects, and gives its bytes back', async () => {
    await using world = await openWorkerWorld();
    const { blobs, users } = world.database.repositories;
    const [kept, unlinked] = [await world.store(text(5000)), await world.store(text(7000))];
    await world.compress([kept, unlinked]);
    const blob = await world.blob(unlinked);
    await blobs.repointVersions(unlinked, kept);

    const sweep = sweeper(world);
    await sweep.at(0);
    expect(await blobs.find(unlinked)).toBeNull();
    expect(await world.blob(kept)).toMatchObject({ status: 'ready' });
    expect((await users.find(world.userId))?.usedBytes).toBe(5000);
    expect(await world.objects.stat(blob.objectKey)).toBeNull();
  });

  test('is found page by page, however much other content there is', async () => {
    await using world = await openWorkerWorld();
    const { blobs } = world.database.repositories;
    const ids = [
      await world.store(text(10)),
      await world.store(text(10)),
      await world.store(text(10)),
    ].toSorted();
    const [first = '', second = '', third = ''] = ids;
    await blobs.repointVersions(third, first);
    expect(await blobs.findUnlinked(null, 2)).toEqual({ lastId: second, unlinkedIds: [] });
    expect(await blobs.findUnlinked(second, 2)).toEqual({ lastId: null, unlinkedIds: [third] });
    expect(await blobs.stillUnlinked(ids)).toEqual([third]);
  });
});

test('one step that fails does not keep the others from running', async () => {
  await using world = await openWorkerWorld();
  const id = await world.store(text(5000));
  const { objectKey: rawKey } = await world.blob(id);
  await world.compress([id]);
  const isDown = async () => {
    throw new Error('the queue is down');
  };
  const queue = { countWaiting: isDown, activeCompressions: async () => [], enqueue: async () => {} };
  const log = createLog({ name: 'test', level: 'silent' });
  const told = vi.spyOn(log, 'info');
  await expect(sweeper(world, { dependencies: { queue }, log }).at(MINUTE_MS)).rejects.toThrow(
    'Parts of the sweep failed',
  );
  expect(await world.objects.stat(rawKey)).toBeNull();
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ deletedObjects: 1 }), 'swept');
});

test('S4: a worker whose clock is wrong deletes nothing before its time', async () => {
  await using world = await openWorkerWorld();
  const { instance, objectDeletions } = world.database.repositories;
  const key = `${world.userId}/${randomUUID()}`;
  await world.objects.put(key, Readable.from([Buffer.from('being downloaded')]));
  await objectDeletions.schedule([key], new Date(world.now.getTime() + 15 * MINUTE_MS));
  vi.spyOn(instance, 'clock').mockResolvedValueOnce(new Date(Date.now() - 60 * MINUTE_MS));
  const sweep = sweeper(world);
  await expect(sweep.at(60 * MINUTE_MS)).rejects.toThrow('ahead of the database');
  expect(await world.objects.stat(key)).not.toBeNull();
  await sweep.at(60 * MINUTE_MS);
  expect(await world.objects.stat(key)).toBeNull();
});
