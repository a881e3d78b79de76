import { randomBytes, randomUUID } from 'node:crypto';
import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isAppError } from '@instashare/backend/errors';
import { describe, expect, test } from 'vitest';
import { type DiskWorld, openDiskWorld } from '../../storage/disk-world.ts';
import { bodyOf, failsWith, newKey, openUpload } from '../../storage/driver-world.ts';

const MEBIBYTE = 1024 * 1024;
const never = new AbortController().signal;
const isFull: unknown = expect.toSatisfy((error: unknown) => isAppError(error, 'storage_full'));

/** The same folder on a disk with so much left, of which `reserveBytes` are kept back. */
function onDiskWith(world: DiskWorld, freeBytes: number, reserveBytes = 1000) {
  return world.reopen({ reserveBytes, freeBytes: async () => freeBytes });
}

describe('a disk that would fill up', () => {
  test('refuses a session that does not fit, and leaves no part', async () => {
    await using world = await openDiskWorld();
    const store = onDiskWith(world, 1500);
    await expect(openUpload(store, 501)).rejects.toEqual(failsWith('storage_full'));
    const { request } = await openUpload(store, 500);
    const [owner = '', id] = request.key.split('/');
    expect((await readdir(world.root)).filter((name) => !name.startsWith('.'))).toEqual([owner]);
    expect(await readdir(join(world.root, owner))).toEqual([`${id}.part`]);
  });

  test('refuses the rest of a session before its first byte, and keeps what is there', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(3000);
    const upload = await openUpload(world.store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, 1000) });

    const store = onDiskWith(world, 2999);
    for (const offset of [1000, 0]) {
      const body = bodyOf(bytes.subarray(offset));
      await expect(store.receiver.receive({ ...upload.request, offset }, body, never)).rejects.toEqual(
        isFull,
      );
      // The client waits for an answer on this connection.
      expect(body.destroyed).toBe(false);
    }
    expect(await store.receiver.status(upload.request.key, 3000)).toEqual({
      state: 'open',
      receivedBytes: 1000,
    });
    const rest = bodyOf(bytes.subarray(1000));
    const request = { ...upload.request, offset: 1000 };
    expect(await onDiskWith(world, 3000).receiver.receive(request, rest, never)).toMatchObject({
      state: 'finished',
    });
  });

  test('stops a body while others fill the disk, and gives back what it took', async () => {
    await using world = await openDiskWorld();
    let freeBytes = 200 * MEBIBYTE;
    const store = world.reopen({ reserveBytes: 100 * MEBIBYTE, freeBytes: async () => freeBytes });
    const endless = function* () {
      const piece = Buffer.alloc(MEBIBYTE);
      for (;;) {
        yield piece;
        freeBytes -= 4 * MEBIBYTE;
      }
    };
    const put = store.put(newKey(), Readable.from(endless(), { objectMode: false }));
    await expect(put).rejects.toEqual(failsWith('storage_full'));
    expect(await readdir(join(world.root, '.incoming'))).toEqual([]);

    freeBytes = 200 * MEBIBYTE;
    const upload = await openUpload(store, 99 * MEBIBYTE);
    const body = Readable.from(endless(), { objectMode: false });
    const received = store.receiver.receive({ ...upload.request, offset: 0 }, body, never);
    await expect(received).rejects.toEqual(isFull);
    expect(await store.receiver.status(upload.request.key, 99 * MEBIBYTE)).toEqual({
      state: 'open',
      receivedBytes: 0,
    });
    body.destroy();
  });

  test('is measured where the objects lie', async () => {
    await using world = await openDiskWorld();
    const store = world.reopen({ reserveBytes: Number.MAX_SAFE_INTEGER });
    await expect(openUpload(store, 1)).rejects.toEqual(failsWith('storage_full'));
    await expect(store.put(newKey(), Readable.from(['x']))).rejects.toEqual(failsWith('storage_full'));
  });

  test('tells what is free of the disk that objects lie on, and of no other', async () => {
    await using world = await openDiskWorld();
    expect(await onDiskWith(world, 1500).freeBytes()).toBe(1500);
    await world.store.mark(randomUUID());
    expect(await world.store.freeBytes()).toBeGreaterThan(0);
    // As where a disk is not mounted: the folder below is on another one.
    await rm(world.root, { recursive: true });
    await expect(world.store.freeBytes()).rejects.toThrow('is its disk still mounted?');
    await expect(access(world.root)).rejects.toThrow('ENOENT');
  });
});
