import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { isAppError } from '@instashare/backend/errors';
import { describe, expect, test, vi } from 'vitest';
import { openDiskWorld } from '../../storage/disk-world.ts';
import { bodyOf, failsWith, newKey, openUpload, sha256 } from '../../storage/driver-world.ts';

const isFileHandle = (value: unknown): value is FileHandle =>
  typeof value === 'object' && value !== null && 'datasync' in value;

/** Makes the next such call on any file fail: as a sync does whose bytes did not get to the disk. */
async function failNext(call: 'datasync' | 'sync' | 'truncate', folder: string) {
  await using probe = await open(folder);
  const prototype: unknown = Object.getPrototypeOf(probe);
  if (!isFileHandle(prototype)) throw new Error('file handles have no prototype with a sync');
  const cause = Object.assign(new Error('i/o error'), { code: 'EIO' });
  let failures = 0;
  const spy = vi.spyOn(prototype, call).mockImplementationOnce(() => {
    failures += 1;
    return Promise.reject(cause);
  });
  return { failures: () => failures, [Symbol.dispose]: () => spy.mockRestore() };
}

test.each([
  { when: 'while more of it comes', sizeBytes: 40_000_000 },
  { when: 'at its end', sizeBytes: 1_000_000 },
])(
  'bytes that the disk fails to keep $when are not counted, and are taken when they come again',
  async ({ sizeBytes }) => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(sizeBytes);
    const upload = await openUpload(world.store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, 1000) });
    // The system tells of it once: every sync after this one succeeds.
    using failing = await failNext('datasync', world.root);
    await expect(world.send(upload, { offset: 1000, bytes: bytes.subarray(1000) })).rejects.toEqual(
      expect.toSatisfy((error: unknown) => isAppError(error, 'unavailable')),
    );
    expect(failing.failures()).toBe(1);
    const { receiver } = world.store;
    expect(await receiver.status(upload.request.key, bytes.length)).toEqual({
      state: 'open',
      receivedBytes: 0,
    });
    await world.send(upload, { offset: 0, bytes });
    expect(await world.store.stat(upload.request.key)).toMatchObject({ sha256: sha256(bytes) });
  },
);

test('bytes that the disk fails to keep are not counted for having a second name, as of a snapshot', async () => {
  await using world = await openDiskWorld();
  const bytes = randomBytes(1_000_000);
  const upload = await openUpload(world.store, bytes.length);
  const { key } = upload.request;
  await world.send(upload, { offset: 0, bytes: bytes.subarray(0, 1000) });
  await link(join(world.root, `${key}.part`), join(world.root, 'snapshot'));
  {
    using failing = await failNext('datasync', world.root);
    await expect(world.send(upload, { offset: 1000, bytes: bytes.subarray(1000) })).rejects.toThrow('store');
    expect(failing.failures()).toBe(1);
  }
  const { receiver } = world.store;
  expect(await receiver.status(key, bytes.length)).toEqual({ state: 'open', receivedBytes: 0 });
  await world.send(upload, { offset: 0, bytes });
  expect(await world.store.stat(key)).toMatchObject({ sha256: sha256(bytes) });
});

test('a part that is the object as well is left whole by a sync that fails: a crash came before it lost its name', async () => {
  await using world = await openDiskWorld();
  const bytes = randomBytes(1000);
  const upload = await openUpload(world.store, bytes.length);
  const { key } = upload.request;
  await world.send(upload, { offset: 0, bytes });
  await link(join(world.root, key), join(world.root, `${key}.part`));
  const restarted = world.reopen();
  using failing = await failNext('datasync', world.root);
  await expect(restarted.receiver.status(key, bytes.length)).rejects.toThrow('store');
  expect(failing.failures()).toBe(1);
  expect(await restarted.receiver.status(key, bytes.length)).toMatchObject({ state: 'finished' });
  expect(await buffer(await restarted.read(key))).toEqual(bytes);
});

test('bytes that the disk fails to keep, and then to drop, are dropped before anything is counted', async () => {
  await using world = await openDiskWorld();
  const bytes = randomBytes(1_000_000);
  const upload = await openUpload(world.store, bytes.length);
  {
    using keeping = await failNext('datasync', world.root);
    using dropping = await failNext('truncate', world.root);
    await expect(world.send(upload, { offset: 0, bytes })).rejects.toThrow('The object store');
    expect([keeping.failures(), dropping.failures()]).toEqual([1, 1]);
  }
  const { receiver } = world.store;
  const status = { state: 'open', receivedBytes: 0 };
  expect(await receiver.status(upload.request.key, bytes.length)).toEqual(status);
  await world.send(upload, { offset: 0, bytes });
  expect(await world.store.stat(upload.request.key)).toMatchObject({ sha256: sha256(bytes) });
});

describe('a put is told to be done only when the disk has kept', () => {
  test('its bytes: else nothing of it is there', async () => {
    await using world = await openDiskWorld();
    const key = newKey();
    await world.store.put(`${key}0`, bodyOf(randomBytes(10)));
    using failing = await failNext('datasync', world.root);
    await expect(world.store.put(key, bodyOf(randomBytes(1000)))).rejects.toEqual(
      failsWith('storage_failed'),
    );
    expect(failing.failures()).toBe(1);
    expect(await world.store.stat(key)).toBeNull();
    expect(await readdir(join(world.root, '.incoming'))).toEqual([]);
  });

  test('and its name: else whoever asks for it sees to that first', async () => {
    await using world = await openDiskWorld();
    const key = newKey();
    await world.store.put(`${key}0`, bodyOf(randomBytes(10)));
    using failing = await failNext('sync', world.root);
    await expect(world.store.put(key, bodyOf(randomBytes(1000)))).rejects.toEqual(
      failsWith('storage_failed'),
    );
    expect(failing.failures()).toBe(1);
    expect(await world.store.stat(key)).toMatchObject({ sizeBytes: 1000 });
  });
});
