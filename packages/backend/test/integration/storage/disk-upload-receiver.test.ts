import { randomBytes } from 'node:crypto';
import { readdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { isAppError } from '@instashare/backend/errors';
import type { DiskObjectStore } from '@instashare/backend/storage';
import { describe, expect, test, vi } from 'vitest';
import { type DiskWorld, openDiskWorld, partOf } from '../../storage/disk-world.ts';
import { bodyOf, type OpenUpload, openUpload, sha256 } from '../../storage/driver-world.ts';

const failsAs = (code: Parameters<typeof isAppError>[1]): unknown =>
  expect.toSatisfy((error: unknown) => isAppError(error, code));
const never = new AbortController().signal;

/** Receives without breaking off: the caller pushes the bytes. */
function receiveFrom(store: DiskObjectStore, { request }: OpenUpload, offset: number) {
  const body = new Readable({ read() {} });
  return { body, status: store.receiver.receive({ ...request, offset }, body, never) };
}

/** With memory of its own, as the chunks of a request have. */
const copyOf = (bytes: Uint8Array) => Buffer.from(Uint8Array.from(bytes).buffer);
const bodyOfChunks = (chunks: readonly Buffer[]) => Readable.from(chunks, { objectMode: false });

const untilReceived = (world: DiskWorld, upload: OpenUpload, bytes: number) =>
  vi.waitFor(async () =>
    expect(await world.store.uploadSessionStatus(upload.request.key, upload.opened.session)).toEqual({
      state: 'open',
      receivedBytes: bytes,
    }),
  );

describe('the receiver of uploads to disk', () => {
  test('knows the sha256 of what came in one piece, in many, and after cuts', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(3_000_000);
    const upload = await openUpload(world.store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, 1_000_000) });
    const cut = { offset: 1_000_000, bytes: bytes.subarray(1_000_000), breaksAfter: 777_777 };
    expect(await world.send(upload, cut)).toEqual({ state: 'open', receivedBytes: 1_777_777 });
    await world.send(upload, { offset: 1_777_777, bytes: bytes.subarray(1_777_777) });
    expect(await world.store.stat(upload.request.key)).toEqual({
      sizeBytes: bytes.length,
      sha256: sha256(bytes),
    });
    // Another process did not see the bytes and does not pretend to.
    expect(await world.reopen().stat(upload.request.key)).toEqual({ sizeBytes: bytes.length, sha256: null });
  });

  test('a new process goes on with what came, and says that it does not know the sha256', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(500_000);
    const upload = await openUpload(world.store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, 300_000) });
    await world.store[Symbol.asyncDispose]();

    const store = world.reopen();
    expect(await store.receiver.status(upload.request.key, bytes.length)).toEqual({
      state: 'open',
      receivedBytes: 300_000,
    });
    const rest = bodyOf(bytes.subarray(300_000));
    const request = { ...upload.request, offset: 300_000 };
    expect(await store.receiver.receive(request, rest, never)).toMatchObject({ state: 'finished' });
    expect(await store.stat(upload.request.key)).toEqual({ sizeBytes: bytes.length, sha256: null });
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('an upload that was killed between its last byte and its name is finished by asking', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(1000);
    const upload = await openUpload(world.store, bytes.length);
    await writeFile(partOf(world, upload), bytes);
    expect(await world.store.stat(upload.request.key)).toBeNull();
    const finished = { state: 'finished', sizeBytes: 1000 };
    expect(await world.store.uploadSessionStatus(upload.request.key, upload.opened.session)).toEqual(
      finished,
    );
    expect(await world.store.receiver.status(upload.request.key, 1000)).toEqual(finished);
    expect(await buffer(await world.store.read(upload.request.key))).toEqual(bytes);
  });

  test('an upload that was killed right after it got its name is finished, and its part goes', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(1000);
    const upload = await openUpload(world.store, bytes.length);
    await world.send(upload, { offset: 0, bytes });
    await writeFile(partOf(world, upload), bytes);
    const store = world.reopen();
    expect(await store.receiver.status(upload.request.key, 1000)).toEqual({
      state: 'finished',
      sizeBytes: 1000,
    });
    await expect(readFile(partOf(world, upload))).rejects.toThrow('ENOENT');
    expect(await buffer(await store.read(upload.request.key))).toEqual(bytes);
  });

  test('refuses an offset that is not where the session stands, and keeps what it has', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(3000);
    const upload = await openUpload(world.store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, 1000) });
    for (const offset of [999, 1001, 3000, 5000]) {
      const body = bodyOf(randomBytes(10));
      const refused = world.store.receiver.receive({ ...upload.request, offset }, body, never);
      await expect(refused).rejects.toEqual(failsAs('upload_offset_mismatch'));
      // The client waits for an answer on this connection.
      expect(body.destroyed).toBe(false);
    }
    await world.send(upload, { offset: 1000, bytes: bytes.subarray(1000) });
    expect(await world.store.stat(upload.request.key)).toMatchObject({ sha256: sha256(bytes) });
  });

  test('offset 0 starts over', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(3000);
    const upload = await openUpload(world.store, bytes.length);
    await world.send(upload, { offset: 0, bytes: randomBytes(2000) });
    await world.send(upload, { offset: 0, bytes });
    expect(await world.store.stat(upload.request.key)).toEqual({ sizeBytes: 3000, sha256: sha256(bytes) });
  });

  test('offset 0 starts nothing over when all bytes are there: another process may be naming them', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(3000);
    const upload = await openUpload(world.store, bytes.length);
    await writeFile(partOf(world, upload), bytes);
    const again = world.send(upload, { offset: 0, bytes: randomBytes(3000) });
    await expect(again).rejects.toEqual(failsAs('upload_finished'));
    expect((await buffer(await world.store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('two processes that finish it at once both find it finished', async () => {
    await using world = await openDiskWorld();
    const other = world.reopen();
    for (let round = 0; round < 20; round += 1) {
      const upload = await openUpload(world.store, 1000);
      await writeFile(partOf(world, upload), randomBytes(1000));
      const { key } = upload.request;
      const both = [world.store, other].map((store) => store.uploadSessionStatus(key, upload.opened.session));
      const finished = { state: 'finished', sizeBytes: 1000 };
      expect(await Promise.all(both)).toEqual([finished, finished]);
    }
  });

  test('a body that would overrun leaves the session as it was', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(2_000_000);
    const upload = await openUpload(world.store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, 1000) });
    const { body, status } = receiveFrom(world.store, upload, 1000);
    body.push(Buffer.concat([bytes.subarray(1000), Buffer.from('x')]));
    await expect(status).rejects.toEqual(failsAs('size_mismatch'));
    expect(body.destroyed).toBe(false);
    expect(await world.store.receiver.status(upload.request.key, bytes.length)).toEqual({
      state: 'open',
      receivedBytes: 1000,
    });
    await world.send(upload, { offset: 1000, bytes: bytes.subarray(1000) });
    expect(await world.store.stat(upload.request.key)).toMatchObject({ sha256: sha256(bytes) });
  });

  test('a finished or a cancelled session takes no more', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(1000);
    const [finished, cancelled] = [await openUpload(world.store, 1000), await openUpload(world.store, 1000)];
    await world.send(finished, { offset: 0, bytes });
    await expect(world.send(finished, { offset: 0, bytes })).rejects.toEqual(failsAs('upload_finished'));
    await world.store.cancelUploadSession(cancelled.request.key, cancelled.opened.session);
    await expect(world.send(cancelled, { offset: 0, bytes })).rejects.toEqual(failsAs('upload_not_found'));
    expect(await world.store.receiver.status(cancelled.request.key, 1000)).toEqual({ state: 'gone' });
    await expect(readFile(partOf(world, cancelled))).rejects.toThrow('ENOENT');
  });

  test('cancelling ends who still sends, and leaves no file', async () => {
    await using world = await openDiskWorld();
    const upload = await openUpload(world.store, 1000);
    const { body, status } = receiveFrom(world.store, upload, 0);
    body.push(randomBytes(500));
    await vi.waitFor(() => expect(body.readableLength).toBe(0));
    await world.store.cancelUploadSession(upload.request.key, upload.opened.session);
    expect(await status).toMatchObject({ state: 'open' });
    expect(body.destroyed).toBe(true);
    expect(await readdir(join(world.root, upload.request.key.split('/')[0] ?? ''))).toEqual([]);
  });

  test('a second writer ends the first and goes on after its last byte', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(4_000_000);
    const upload = await openUpload(world.store, bytes.length);
    const first = receiveFrom(world.store, upload, 0);
    first.body.push(bytes.subarray(0, 1_500_000));
    await untilReceived(world, upload, 1_500_000).catch(() => {});

    // Whoever comes with an old offset is told the right one, which then holds.
    const second = receiveFrom(world.store, upload, 7);
    expect(await first.status).toEqual({ state: 'open', receivedBytes: 1_500_000 });
    expect(first.body.destroyed).toBe(true);
    await expect(second.status).rejects.toThrow('stands at byte 1500000');
    await world.send(upload, { offset: 1_500_000, bytes: bytes.subarray(1_500_000) });
    expect(await world.store.stat(upload.request.key)).toMatchObject({ sha256: sha256(bytes) });
  });

  test('gives back the memory of chunks that are its own, and of no others', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(3_000_000);
    const own = [0, 1].map((part) => copyOf(bytes.subarray(part * 1_000_000, (part + 1) * 1_000_000)));
    const shared = copyOf(bytes.subarray(2_000_000));
    const upload = await openUpload(world.store, bytes.length);
    const body = bodyOfChunks([...own, shared.subarray(0, 400_000), shared.subarray(400_000)]);
    await world.store.receiver.receive({ ...upload.request, offset: 0, ownsChunks: true }, body, never);
    expect(own.map(({ byteLength }) => byteLength)).toEqual([0, 0]);
    expect(shared.byteLength).toBe(1_000_000);
    expect(await world.store.stat(upload.request.key)).toMatchObject({ sha256: sha256(bytes) });

    const again = await openUpload(world.store, bytes.length);
    const kept = copyOf(bytes);
    await world.store.receiver.receive({ ...again.request, offset: 0 }, bodyOfChunks([kept]), never);
    expect(kept.equals(bytes)).toBe(true);
  });

  test('of many writers at once, only whole and right bytes come out', async () => {
    await using world = await openDiskWorld();
    const bytes = randomBytes(2_000_000);
    const upload = await openUpload(world.store, bytes.length);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => world.send(upload, { offset: 0, bytes })),
    );
    expect(outcomes.length).toBe(6);
    const status = await world.store.receiver.status(upload.request.key, bytes.length);
    const from = status.state === 'open' ? status.receivedBytes : bytes.length;
    const rest = { offset: from, bytes: bytes.subarray(from) };
    await world.send(upload, rest).catch(() => {});
    expect(await world.store.stat(upload.request.key)).toEqual({
      sizeBytes: bytes.length,
      sha256: sha256(bytes),
    });
    expect((await buffer(await world.store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('a client that asks how far it got ends its own dead connection; who looks on does not', async () => {
    await using world = await openDiskWorld();
    const upload = await openUpload(world.store, 1000);
    const { body, status } = receiveFrom(world.store, upload, 0);
    body.push(randomBytes(500));
    await vi.waitFor(() => expect(body.readableLength).toBe(0));
    await world.store.uploadSessionStatus(upload.request.key, upload.opened.session);
    expect(body.destroyed).toBe(false);
    expect(await world.store.receiver.status(upload.request.key, 1000)).toEqual({
      state: 'open',
      receivedBytes: 500,
    });
    expect(body.destroyed).toBe(true);
    expect(await status).toEqual({ state: 'open', receivedBytes: 500 });
  });

  test.runIf(process.platform === 'linux')('a disk that is full is told as that', async () => {
    await using world = await openDiskWorld();
    const upload = await openUpload(world.store, 1_000_000);
    await unlink(partOf(world, upload));
    await symlink('/dev/full', partOf(world, upload));
    const sent = world.send(upload, { offset: 0, bytes: randomBytes(1_000_000) });
    await expect(sent).rejects.toEqual(failsAs('storage_full'));
  });

  test('closing the store ends who still sends, and keeps what came', async () => {
    await using world = await openDiskWorld();
    const upload = await openUpload(world.store, 1000);
    const { body, status } = receiveFrom(world.store, upload, 0);
    body.push(randomBytes(500));
    await vi.waitFor(() => expect(body.readableLength).toBe(0));
    await world.store[Symbol.asyncDispose]();
    expect(await status).toEqual({ state: 'open', receivedBytes: 500 });
  });

  test('a session opened twice under one key is refused', async () => {
    await using world = await openDiskWorld();
    const { request } = await openUpload(world.store, 1000);
    await expect(world.store.createUploadSession(request)).rejects.toMatchObject({ reason: 'object_exists' });
  });

  test('the address of a session holds for it alone', async () => {
    await using world = await openDiskWorld();
    const { request, opened } = await openUpload(world.store, 10);
    const url = new URL(opened.url);
    const query = Object.fromEntries(url.searchParams);
    expect(url.pathname).toBe(`/storage/uploads/${request.uploadId}`);
    expect(world.store.receiver.verifyUrl(request.uploadId, query)).toBe(true);
    expect(world.store.receiver.verifyUrl(request.key, query)).toBe(false);
  });
});
