import { randomBytes } from 'node:crypto';
import { readdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { openDiskWorld, partOf } from '../../storage/disk-world.ts';
import { bodyOf, newKey, openUpload, statusOf } from '../../storage/driver-world.ts';
import { describeObjectStore } from '../../storage/object-store-suite.ts';

describeObjectStore('disk', openDiskWorld);

describe('disk: what a crash leaves', () => {
  test('what a killed process was putting is removed, and what a living one puts is not', async () => {
    await using world = await openDiskWorld();
    await world.store.check();
    const incoming = join(world.root, '.incoming');
    const slow = new Readable({ read() {} });
    const put = world.store.put(newKey(), slow);
    slow.push('half');
    await vi.waitFor(async () => expect(await readdir(incoming)).toHaveLength(1));
    const [own = ''] = await readdir(incoming);
    const [host] = own.split('.');
    // No process has this id: it is above every system's limit.
    const dead = `${host}.99999999.00000000-0000-0000-0000-000000000000`;
    await writeFile(join(incoming, dead), 'left over');

    await world.reopen().check();
    await vi.waitFor(async () => expect(await readdir(incoming)).toEqual([own]));
    slow.push(null);
    expect(await put).toMatchObject({ sizeBytes: 4 });
    expect(await readdir(incoming)).toEqual([]);
  });

  test('a part that lost its end is gone on with from there', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(1000);
    const upload = await openUpload(world.store, 1000);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, 800) });
    await truncate(partOf(world, upload), 500);
    expect(await world.store.receiver.status(upload.request.key, 1000)).toEqual({
      state: 'open',
      receivedBytes: 500,
    });
    await world.send(upload, { offset: 500, bytes: bytes.subarray(500) });
    // The running hash was of 800 bytes: it must not be used.
    expect(await world.store.stat(upload.request.key)).toEqual({ sizeBytes: 1000, sha256: null });
    expect(await buffer(await world.store.read(upload.request.key))).toEqual(bytes);
  });
});

test('disk: a session goes with the deletion of its object', async () => {
  await using world = await openDiskWorld();
  const upload = await openUpload(world.store, 2000);
  await world.send(upload, { offset: 0, bytes: randomBytes(1000) });
  await world.store.delete(upload.request.key);
  expect(await statusOf(world.store, upload)).toEqual({ state: 'gone' });
});

test('disk: a listing passes over whatever goes between its name and a look at it', async () => {
  await using world = await openDiskWorld();
  for (const key of ['a/x', 'a/y']) await world.store.put(key, bodyOf(randomBytes(5)));
  // As many as a page looks for, and more: none of them leads to anything.
  for (const name of ['g1', 'g2', 'g3', 'xx']) await symlink('nowhere', join(world.root, 'a', name));
  const page = await world.store.list({ limit: 1 });
  expect(page).toMatchObject({ objects: [{ key: 'a/x' }], nextCursor: 'a/x' });
  const next = await world.store.list({ limit: 1, cursor: page.nextCursor });
  expect(next).toMatchObject({ objects: [{ key: 'a/y' }], nextCursor: null });
});
