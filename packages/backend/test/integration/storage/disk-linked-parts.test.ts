/** Parts whose file has another name too: an object's, given by another process, or one in a snapshot. */
import { randomBytes } from 'node:crypto';
import { link, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { isAppError } from '@instashare/backend/errors';
import { expect, test } from 'vitest';
import { openDiskWorld, partOf } from '../../storage/disk-world.ts';
import { openUpload, sha256 } from '../../storage/driver-world.ts';

test('a byte too many of a stalled client changes no object that another process made of the rest', async () => {
  await using world = await openDiskWorld();
  const bytes = randomBytes(1024 * 1024);
  const upload = await openUpload(world.store, bytes.length);
  const body = new Readable({ read() {} });
  const request = { ...upload.request, offset: 0 };
  const status = world.store.receiver.receive(request, body, new AbortController().signal);
  body.push(bytes);
  await expect.poll(async () => (await stat(partOf(world, upload))).size).toBe(bytes.length);
  const { key } = request;
  const finished = { state: 'finished', sizeBytes: bytes.length };
  expect(await world.reopen().uploadSessionStatus(key, upload.opened.session)).toEqual(finished);

  body.push('x');
  await expect(status).rejects.toSatisfy((error: unknown) => isAppError(error, 'size_mismatch'));
  expect((await buffer(await world.store.read(key))).equals(bytes)).toBe(true);
  expect(await world.store.receiver.status(key, bytes.length)).toEqual(finished);
});

test('a part that a snapshot has linked is no object before all of it has come', async () => {
  await using world = await openDiskWorld();
  const bytes = randomBytes(3000);
  const upload = await openUpload(world.store, bytes.length);
  await world.send(upload, { offset: 0, bytes: bytes.subarray(0, 1000) });
  await link(partOf(world, upload), join(world.root, 'snapshot'));
  await world.send(upload, { offset: 1000, bytes: bytes.subarray(1000) });
  expect(await world.store.stat(upload.request.key)).toEqual({ sizeBytes: 3000, sha256: sha256(bytes) });
});
