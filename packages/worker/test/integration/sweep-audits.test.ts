import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { PRIORITIES } from '@instashare/backend/queue';
import { describe, expect, test } from 'vitest';
import { strayObject } from '../support/stray-objects.ts';
import { openUpload, sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, sha256Of, text, type WorkerWorld } from '../support/world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe('S6: an upload whose completion never came', () => {
  const content = Buffer.from('all of it');
  const declared = { sizeBytes: content.length, sha256: sha256Of(content) };

  async function sentUpload(
    world: WorkerWorld,
    options: { path: string; sha256?: string },
    bytes: Buffer = content,
  ) {
    const upload = await openUpload(world, { sizeBytes: bytes.length, ...options });
    const request = { key: upload.objectKey, sizeBytes: bytes.length, offset: 0 };
    await world.objects.receiver.receive(request, Readable.from([bytes]), new AbortController().signal);
    return upload;
  }

  test('is completed when its bytes are all there and its sha256 is known', async () => {
    await using world = await openWorkerWorld();
    const upload = await sentUpload(world, { path: 'forgotten.txt', ...declared });
    const sweep = sweeper(world);
    await sweep.at(10 * MINUTE_MS);
    expect(await world.database.repositories.files.findByPath(world.userId, 'forgotten.txt')).toBeNull();
    await sweep.at(20 * MINUTE_MS);
    const file = await world.database.repositories.files.findByPath(world.userId, 'forgotten.txt');
    expect(file).toMatchObject({ sizeBytes: content.length, sha256: declared.sha256, status: 'stored' });
    expect(sweep.enqueued).toContain(file?.blobId);
    expect(await world.read(file?.blobId ?? '')).toEqual(content);
    const { uploads, users } = world.database.repositories;
    expect(await uploads.findById(upload.id)).toMatchObject({ state: 'completed', fileId: file?.id });
    expect((await users.find(world.userId))?.usedBytes).toBe(content.length);
  });

  test('is not compressed before everything else: it has the priority of its size', async () => {
    await using world = await openWorkerWorld();
    const large = Buffer.alloc(9 * 1024 * 1024);
    await sentUpload(world, { path: 'large', sha256: sha256Of(large) }, large);
    await sentUpload(world, { path: 'small', sha256: declared.sha256 });
    const sweep = sweeper(world);
    await sweep.at(20 * MINUTE_MS);
    expect(new Set(sweep.priorities)).toEqual(new Set([PRIORITIES.urgent, PRIORITIES.large]));
  });

  test('is completed though another one can not be looked at', async () => {
    await using world = await openWorkerWorld();
    const sent = [];
    for (const path of ['a.txt', 'b.txt'])
      sent.push({ path, ...(await sentUpload(world, { path, ...declared })) });
    // They are looked at in the order of their ids.
    const [bad, good] = sent.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const objects = {
      ...world.objects,
      async stat(key: string) {
        if (key === bad?.objectKey) throw new Error('forbidden');
        return world.objects.stat(key);
      },
    };
    const sweep = sweeper(world, { dependencies: { objects } });
    await expect(sweep.at(20 * MINUTE_MS)).rejects.toThrow('Parts of the sweep failed (completedUploads)');
    const { files } = world.database.repositories;
    expect(await files.findByPath(world.userId, good?.path ?? '')).not.toBeNull();
    expect(await files.findByPath(world.userId, bad?.path ?? '')).toBeNull();
  });

  test('is not completed without a sha256, and goes when it has expired', async () => {
    await using world = await openWorkerWorld();
    const upload = await sentUpload(world, { path: 'unknown.txt' });
    const sweep = sweeper(world);
    await sweep.at(20 * MINUTE_MS);
    expect(await world.database.repositories.uploads.findById(upload.id)).toMatchObject({ state: 'pending' });
    await sweep.at(DAY_MS + 1);
    expect(await world.database.repositories.uploads.findById(upload.id)).toBeNull();
    expect(await world.objects.stat(upload.objectKey)).toBeNull();
  });

  test('does not hide what came to its path later', async () => {
    await using world = await openWorkerWorld();
    const forgotten = await sentUpload(world, { path: 'path.txt', ...declared });
    const { files, uploads } = world.database.repositories;
    const locked = await files.lockOrInsert(world.userId, [{ path: 'path.txt', newId: randomUUID() }]);
    const fileId = locked.get('path.txt')?.id ?? '';
    const blobId = await world.store(text(100));
    const version = { id: randomUUID(), fileId, number: 1, blobId };
    await files.addVersions([{ ...version, contentType: 'text/plain', modifiedAt: null }]);
    await sweeper(world).at(20 * MINUTE_MS);
    expect(await files.findByPath(world.userId, 'path.txt')).toMatchObject({ blobId });
    expect(await uploads.findById(forgotten.id)).toMatchObject({ state: 'pending' });
  });
});

test('an object that can not be deleted does not keep the others, and is tried again later', async () => {
  await using world = await openWorkerWorld();
  const { objectDeletions } = world.database.repositories;
  const [stuck, other] = [await strayObject(world, 0), await strayObject(world, 0)];
  await objectDeletions.schedule([stuck, other], world.now);
  let isStuck = true;
  const objects = {
    ...world.objects,
    async delete(key: string) {
      if (key === stuck && isStuck) throw new Error('not permitted');
      await world.objects.delete(key);
    },
  };
  const sweep = sweeper(world, { dependencies: { objects } });
  await sweep.at(0);
  expect(await world.objects.stat(other)).toBeNull();
  isStuck = false;
  await sweep.at(HOUR_MS / 2);
  expect(await world.objects.stat(stuck)).not.toBeNull();
  await sweep.at(HOUR_MS);
  expect(await world.objects.stat(stuck)).toBeNull();
});
