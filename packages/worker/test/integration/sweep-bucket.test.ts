import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { openObjectStore } from '@instashare/backend/storage';
import { type GcsServer, startGcsServer } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { openUpload, type SweptWorld, sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, sha256Of } from '../support/world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const KIBIBYTE = 1024;

interface BucketWorld extends SweptWorld, AsyncDisposable {
  readonly server: GcsServer;
}

/** A database whose objects lie in a bucket. */
async function openBucketWorld(): Promise<BucketWorld> {
  await using opening = new AsyncDisposableStack();
  const world = opening.use(await openWorkerWorld());
  const server = opening.use(await startGcsServer());
  const { store } = await openObjectStore(
    {
      dataDir: world.dataDir,
      gcs: { bucket: server.bucket, emulatorUrl: server.url },
      publicUrl: 'http://x',
    },
    {
      owner: { instanceId: randomUUID(), expectsMark: false, mayMark: true, noteMark: async () => {} },
      reserveBytes: 0,
      urlSecret: 'x',
    },
  );
  opening.use(store);
  const resources = opening.move();
  const { database, now, userId } = world;
  const dispose = () => resources.disposeAsync();
  return { database, now, userId, objects: store, server, [Symbol.asyncDispose]: dispose };
}

/** Sends the first `bytes` to a session, as a client does. */
async function send(url: string, bytes: Buffer, sizeBytes: number): Promise<number> {
  const headers = { 'content-range': `bytes 0-${bytes.length - 1}/${sizeBytes}` };
  return (await fetch(url, { method: 'PUT', headers, body: Buffer.from(bytes), redirect: 'manual' })).status;
}

const usedBytes = async ({ database, userId }: SweptWorld) =>
  (await database.repositories.users.find(userId))?.usedBytes;

test('S1: uploads to a bucket that are over go with what came of them and what they had reserved', async () => {
  await using world = await openBucketWorld();
  const { uploads } = world.database.repositories;
  const bytes = randomBytes(512 * KIBIBYTE);
  const open = { sizeBytes: bytes.length, expiresInMs: 1000 };
  const [untouched, half, whole, living] = [
    await openUpload(world, open),
    await openUpload(world, open),
    await openUpload(world, open),
    await openUpload(world, { sizeBytes: bytes.length }),
  ];
  expect(await send(half.url, bytes.subarray(0, 256 * KIBIBYTE), bytes.length)).toBe(308);
  expect(await send(whole.url, bytes, bytes.length)).toBe(200);
  expect(await usedBytes(world)).toBe(4 * bytes.length);

  const sweep = sweeper(world);
  await sweep.at(2000);
  // What stood there whole is an object that was let go of.
  await sweep.at(2000 + MINUTE_MS);
  for (const { id } of [untouched, half, whole]) expect(await uploads.findById(id)).toBeNull();
  expect(await uploads.findById(living.id)).toMatchObject({ state: 'pending' });
  expect(await usedBytes(world)).toBe(bytes.length);
  expect(world.server.sessions.map(({ state, object }) => (object === null ? state : 'whole'))).toEqual([
    'cancelled',
    'cancelled',
    'whole',
    'open',
  ]);
  expect(await world.objects.stat(whole.objectKey)).toBeNull();
  expect(await send(living.url, bytes, bytes.length)).toBe(200);
});

test('S6: an upload to a bucket whose completion never came is completed, when its bytes are all there', async () => {
  await using world = await openBucketWorld();
  const { files, uploads } = world.database.repositories;
  const bytes = randomBytes(512 * KIBIBYTE);
  const declared = { sizeBytes: bytes.length, sha256: sha256Of(bytes) };
  const whole = await openUpload(world, { path: 'whole', ...declared });
  const half = await openUpload(world, { path: 'half', ...declared });
  expect(await send(whole.url, bytes, bytes.length)).toBe(200);
  expect(await send(half.url, bytes.subarray(0, 256 * KIBIBYTE), bytes.length)).toBe(308);

  const sweep = sweeper(world);
  await sweep.at(20 * MINUTE_MS);
  const file = await files.findByPath(world.userId, 'whole');
  // Google hashes nothing by SHA-256: the worker does, and until then it is known content to nobody.
  expect(file).toMatchObject({ ...declared, status: 'stored' });
  expect(await world.database.repositories.blobs.find(file?.blobId ?? '')).toMatchObject({
    verifiedAt: null,
  });
  expect(sweep.enqueued).toEqual([file?.blobId]);
  expect(await uploads.findById(half.id)).toMatchObject({ state: 'pending' });
  expect(await files.findByPath(world.userId, 'half')).toBeNull();
});

test('S4: objects of a bucket that nothing names go a week later, and content whose object is gone fails', async () => {
  await using world = await openBucketWorld();
  const { blobs, files } = world.database.repositories;
  const bytes = randomBytes(5 * KIBIBYTE);
  for (const path of ['kept', 'lost']) {
    const sha256 = sha256Of(bytes);
    const { url } = await openUpload(world, { path, sizeBytes: bytes.length, sha256 });
    expect(await send(url, bytes, bytes.length)).toBe(200);
    // The two are other contents.
    bytes.reverse();
  }
  const stray = `${world.userId}/${randomUUID()}`;
  await world.objects.put(stray, Readable.from([bytes]));
  const sweep = sweeper(world);
  await sweep.at(20 * MINUTE_MS);
  const blobOf = async (path: string) => {
    const file = await files.findByPath(world.userId, path);
    return blobs.find(file?.blobId ?? '');
  };
  const [kept, lost] = [await blobOf('kept'), await blobOf('lost')];
  await world.objects.delete(lost?.objectKey ?? '');
  world.server.makeOlder(2 * DAY_MS);

  await sweep.at(2 * HOUR_MS);
  expect(await blobOf('lost')).toMatchObject({
    status: 'failed',
    failure: 'Its object is missing in the store',
  });
  expect(await blobOf('kept')).toMatchObject({ status: 'stored' });
  expect(await world.objects.stat(stray)).not.toBeNull();
  await sweep.at(2 * HOUR_MS + 7 * DAY_MS);
  expect(await world.objects.stat(stray)).toBeNull();
  expect(await world.objects.stat(kept?.objectKey ?? '')).not.toBeNull();
});
