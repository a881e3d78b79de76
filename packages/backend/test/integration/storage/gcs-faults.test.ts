import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { createGcsObjectStore } from '../../../src/storage/gcs/gcs-object-store.ts';
import { bodyOf, failsWith, newKey, openUpload, sha256, statusOf } from '../../storage/driver-world.ts';
import { FAST_RETRY, ORIGIN, openGcsWorld } from '../../storage/gcs-world.ts';
import type { Fault, Operation } from '../../support/gcs-server/faults.ts';

const MIB = 1024 * 1024;
const status = (code: number): Fault => ({ kind: 'status', status: code });

describe('gcs: what passes is tried again', () => {
  test.each([408, 429, 500, 502, 503, 504])('a %i, whatever was asked', async (code) => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    const [key, bytes] = [newKey(), randomBytes(1000)];
    const all: Operation[] = ['insert', 'stat', 'media', 'list', 'start', 'ask', 'cancel', 'delete'];
    for (const operation of all) server.plan(operation, status(code), 2);
    await store.put(key, bodyOf(bytes));
    expect(await store.stat(key)).toMatchObject({ sizeBytes: 1000 });
    expect(await buffer(await store.read(key))).toEqual(bytes);
    expect((await store.list({ limit: 10 })).objects).toHaveLength(1);
    const upload = await openUpload(store, 10);
    expect(await statusOf(store, upload)).toEqual({ state: 'open', receivedBytes: 0 });
    await store.cancelUploadSession(upload.request.key, upload.opened.session);
    await store.delete(key);
    expect(server.objects.size).toBe(0);
    expect(server.faultsLeft).toBe(0);
  });

  test('an answer that is lost is asked for again, and what was done stays done', async () => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    const [key, bytes] = [newKey(), randomBytes(1000)];
    server.plan('insert', { kind: 'lose-answer' });
    server.plan('delete', { kind: 'lose-answer' });
    expect(await store.put(key, bodyOf(bytes))).toMatchObject({ sha256: sha256(bytes) });
    // But another's object is never taken for ours.
    server.plan('insert', status(503));
    await expect(store.put(key, bodyOf(bytes))).rejects.toEqual(failsWith('object_exists'));
    await store.delete(key);
    expect(server.objects.size).toBe(0);
  });

  test('as often as was agreed, and no more', async () => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    server.plan('stat', status(503), 100);
    await expect(store.stat(newKey())).rejects.toEqual(failsWith('storage_failed'));
    expect(server.operations).toHaveLength(FAST_RETRY.attempts);
  });
});

test.each([400, 401, 403])('gcs: a %i is not tried again', async (code) => {
  await using world = await openGcsWorld();
  const { server, store } = world;
  const all: Operation[] = ['insert', 'stat', 'media', 'list', 'start', 'ask', 'delete'];
  const upload = await openUpload(store, 10);
  for (const operation of all) server.plan(operation, status(code));
  const before = server.operations.length;
  const outcomes = await Promise.allSettled([
    store.put(newKey(), bodyOf(randomBytes(10))),
    store.stat(newKey()),
    store.read(newKey()),
    store.list({ limit: 1 }),
    openUpload(store, 10),
    statusOf(store, upload),
    store.delete(newKey()),
  ]);
  const reasons = outcomes.map((outcome): unknown => outcome.status === 'rejected' && outcome.reason);
  expect(reasons).toEqual(all.map(() => failsWith('storage_failed')));
  expect(server.operations.slice(before).toSorted()).toEqual(all.toSorted());
});

describe('gcs: a large object', () => {
  test('arrives whole through cuts, refusals and lost answers', async () => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    const [key, bytes] = [newKey(), randomBytes(20 * MIB + 333)];
    server.plan('start', status(503));
    server.plan('send', { kind: 'cut-request', afterBytes: 3 * MIB + 7 });
    server.plan('send', { kind: 'lose-answer' });
    server.plan('send', status(500));
    server.plan('ask', status(502));
    server.plan('send', { kind: 'cut-request', afterBytes: 100 });
    const stat = await store.put(key, bodyOf(bytes));
    expect(stat).toMatchObject({ sizeBytes: bytes.length, sha256: sha256(bytes) });
    expect(server.faultsLeft).toBe(0);
    expect(server.objects.get(key)?.bytes.equals(bytes)).toBe(true);
    expect(await store.stat(key)).toEqual({ ...stat, sha256: null });
  });

  test('whose last answer is lost is known to be there', async () => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    const [key, bytes] = [newKey(), randomBytes(8 * MIB + 1)];
    server.plan('send', status(503));
    server.plan('ask', status(503));
    server.plan('send', { kind: 'slow', delayMs: 5 });
    server.plan('send', { kind: 'lose-answer' });
    expect(await store.put(key, bodyOf(bytes))).toMatchObject({ sha256: sha256(bytes) });
    expect(server.faultsLeft).toBe(0);
  });

  test.each([8 * MIB, 16 * MIB, 16 * MIB + 1])('of %i bytes, at the edge of a chunk', async (size) => {
    await using world = await openGcsWorld();
    const [key, bytes] = [newKey(), randomBytes(size)];
    expect(await world.store.put(key, bodyOf(bytes))).toMatchObject({ sizeBytes: size });
    expect(world.server.objects.get(key)?.bytes.equals(bytes)).toBe(true);
  });

  test('whose body breaks off leaves nothing, and no session', async () => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    const broken = store.put(newKey(), bodyOf(randomBytes(20 * MIB), 18 * MIB));
    await expect(broken).rejects.toThrow('the connection broke');
    expect(server.objects.size).toBe(0);
    expect(server.sessions.map(({ state }) => state)).toEqual(['cancelled']);
  });

  test.each<Operation>(['start', 'send'])('no longer wanted, ends at once at a %s', async (operation) => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    server.plan(operation, { kind: 'slow', delayMs: 60_000 });
    const abort = new AbortController();
    const put = store.put(newKey(), bodyOf(randomBytes(20 * MIB)), { signal: abort.signal });
    await expect.poll(() => server.operations.includes(operation)).toBe(true);
    abort.abort(new Error('no longer wanted'));
    await expect(put).rejects.toThrow('no longer wanted');
  });

  test('to a key that is taken meanwhile is refused', async () => {
    await using world = await openGcsWorld();
    const { store } = world;
    const key = newKey();
    const slow = new Readable({ read() {} });
    slow.push(randomBytes(9 * MIB));
    const put = store.put(key, slow);
    await store.put(key, bodyOf(randomBytes(10)));
    slow.push(null);
    await expect(put).rejects.toEqual(failsWith('object_exists'));
    expect(await store.stat(key)).toMatchObject({ sizeBytes: 10 });
  });
});

test.each([1000, 9 * MIB])('gcs: %i bytes that change on the way are not stored', async (size) => {
  await using world = await openGcsWorld();
  const { server, store } = world;
  server.plan(size > MIB ? 'send' : 'insert', { kind: 'damage' });
  await expect(store.put(newKey(), bodyOf(randomBytes(size)))).rejects.toEqual(failsWith('storage_failed'));
  expect(server.objects.size).toBe(0);
});

describe('gcs: a read', () => {
  test('goes on at the byte where the connection broke, or where too little came', async () => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    const [key, bytes] = [newKey(), randomBytes(5 * MIB)];
    await store.put(key, bodyOf(bytes));
    const faults: Fault[] = [
      { kind: 'cut-answer', afterBytes: MIB + 5 },
      { kind: 'short-read', bytes: 77_777 },
      { kind: 'cut-answer', afterBytes: 0 },
      status(503),
    ];
    for (const fault of faults) server.plan('media', fault);
    expect((await buffer(await store.read(key))).equals(bytes)).toBe(true);
    for (const fault of faults) server.plan('media', fault);
    const part = await buffer(await store.read(key, { offset: 1000, lengthBytes: 3 * MIB }));
    expect(part.equals(bytes.subarray(1000, 1000 + 3 * MIB))).toBe(true);
    expect(server.faultsLeft).toBe(0);
  });

  test('says that the object is missing when it goes meanwhile', async () => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    const key = newKey();
    await store.put(key, bodyOf(randomBytes(5 * MIB)));
    server.plan('media', { kind: 'cut-answer', afterBytes: MIB });
    const read = await store.read(key);
    await store.delete(key);
    await expect(buffer(read)).rejects.toEqual(failsWith('object_missing'));
  });

  test('that is cut off for good fails, and gives no less than was asked for as if it were all', async () => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    const key = newKey();
    await store.put(key, bodyOf(randomBytes(1000)));
    server.plan('media', { kind: 'short-read', bytes: 100 });
    server.plan('media', status(503), 100);
    await expect(buffer(await store.read(key))).rejects.toEqual(failsWith('storage_failed'));
  });
});

test.each([1234, 0])(
  'gcs: a session for %i bytes is bound to its origin, length and type, and to a key that is free',
  async (sizeBytes) => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    const { request } = await openUpload(store, sizeBytes);
    expect(server.sessions).toMatchObject([
      {
        name: request.key,
        declaredBytes: sizeBytes,
        contentType: 'text/plain',
        origin: ORIGIN,
        ifGenerationMatch: 0,
      },
    ]);
  },
);

test('gcs: a session for an empty file takes no byte, and then is finished by none', async () => {
  await using world = await openGcsWorld();
  const upload = await openUpload(world.store, 0);
  await expect(world.send(upload, { offset: 0, bytes: randomBytes(1) })).rejects.toThrow('exactly 0 bytes');
  expect(world.server.objects.size).toBe(0);
  expect(await statusOf(world.store, upload)).toEqual({ state: 'finished', sizeBytes: 0 });
});

test('S15: gcs: no object is said to be encoded, or Google would decode it: the server of the tests refuses that', async () => {
  await using world = await openGcsWorld();
  const { server, store } = world;
  const description = JSON.stringify({ name: newKey(), contentType: 'text/plain', contentEncoding: 'gzip' });
  const upload = `${server.url}/upload/storage/v1/b/${server.bucket}/o`;
  const start = await fetch(`${upload}?uploadType=resumable&name=${newKey()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: description,
  });
  const insert = await fetch(`${upload}?uploadType=multipart`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/related; boundary=b' },
    body: `--b\r\ncontent-type: application/json\r\n\r\n${description}\r\n--b\r\ncontent-type: text/plain\r\n\r\nx\r\n--b--\r\n`,
  });
  expect([start.status, insert.status]).toEqual([400, 400]);

  // Whole, in chunks, and by a session it takes what we say of ours.
  await store.put(newKey(), bodyOf(randomBytes(10)));
  await store.put(newKey(), bodyOf(randomBytes(9 * MIB)));
  const session = await openUpload(store, 10);
  const sent = await world.send(session, { offset: 0, bytes: randomBytes(10) });
  expect(sent).toEqual({ state: 'finished', sizeBytes: 10 });
});

test('gcs: a session that Google has forgotten is finished when its object is there', async () => {
  await using world = await openGcsWorld();
  const { server, store } = world;
  const upload = await openUpload(store, 10);
  await world.send(upload, { offset: 0, bytes: randomBytes(10) });
  server.plan('ask', status(410));
  expect(await statusOf(store, upload)).toEqual({ state: 'finished', sizeBytes: 10 });
});

test('gcs: without an emulator it is Google that is spoken to', async () => {
  // For its key file.
  await using world = await openGcsWorld();
  await world.store.check();
  const store = createGcsObjectStore({ bucket: 'any-bucket', origin: ORIGIN, emulatorUrl: null });
  const key = newKey();
  const url = new URL(await store.signedReadUrl(key, { expiresAt: new Date(Date.now() + 60_000) }));
  expect(`${url.origin}${url.pathname}`).toBe(`https://storage.googleapis.com/any-bucket/${key}`);
  expect(url.searchParams.get('response-content-disposition')).toBe('attachment');
});
