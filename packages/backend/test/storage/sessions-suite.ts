import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DriverWorld, newKey, openUpload, renew, statusOf } from './driver-world.ts';

export function describeSessions(openWorld: () => Promise<DriverWorld>): void {
  test.each([0, 1, 1_000_000])('takes %i bytes whole', async (size) => {
    await using world = await openWorld();
    const { store } = world;
    const bytes = randomBytes(size);
    const upload = await openUpload(store, size);
    expect(await store.stat(upload.request.key)).toBeNull();
    const finished = { state: 'finished', sizeBytes: size };
    expect(await world.send(upload, { offset: 0, bytes })).toEqual(finished);
    expect(await statusOf(store, upload)).toEqual(finished);
    expect(await store.stat(upload.request.key)).toMatchObject({ sizeBytes: size });
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('takes bytes in chunks, and an object shows only when all are there', async () => {
    await using world = await openWorld();
    const { store } = world;
    const chunk = world.granularityBytes;
    const bytes = randomBytes(chunk * 2 + 1234);
    const upload = await openUpload(store, bytes.length);
    expect(await statusOf(store, upload)).toEqual({ state: 'open', receivedBytes: 0 });
    for (const offset of [0, chunk]) {
      const status = await world.send(upload, { offset, bytes: bytes.subarray(offset, offset + chunk) });
      expect(status).toEqual({ state: 'open', receivedBytes: offset + chunk });
      expect(await statusOf(store, upload)).toEqual(status);
      expect(await store.stat(upload.request.key)).toBeNull();
    }
    const last = await world.send(upload, { offset: chunk * 2, bytes: bytes.subarray(chunk * 2) });
    expect(last).toEqual({ state: 'finished', sizeBytes: bytes.length });
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('goes on where it was however it is cut', async () => {
    await using world = await openWorld();
    const { store } = world;
    const unit = world.granularityBytes;
    const step = fc.record({ units: fc.integer({ min: 1, max: 3 }), cutBytes: fc.option(fc.nat(unit * 3)) });
    const plan = fc.record({ sizeBytes: fc.nat(unit * 4), steps: fc.array(step, { maxLength: 6 }) });
    await fc.assert(
      fc.asyncProperty(plan, async ({ sizeBytes, steps }) => {
        const bytes = randomBytes(sizeBytes);
        const upload = await openUpload(store, sizeBytes);
        for (const { units, cutBytes } of [...steps, { units: 4, cutBytes: null }]) {
          const before = await statusOf(store, upload);
          if (before.state !== 'open') break;
          const part = bytes.subarray(before.receivedBytes, before.receivedBytes + units * unit);
          const cut = cutBytes === null ? {} : { breaksAfter: cutBytes };
          await world.send(upload, { offset: before.receivedBytes, bytes: part, ...cut });
        }
        const { state } = await statusOf(store, upload);
        expect(state).toBe('finished');
        expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('what it will be called is told before, or not at all; one that was told of and never opened is gone', async () => {
    await using world = await openWorld();
    const { store } = world;
    const { request, opened } = await openUpload(store, 1);
    expect([null, opened.session]).toContain(store.sessionOf(request));
    const other = { ...request, key: newKey() };
    const told = store.sessionOf(other);
    if (told !== null) expect(await store.uploadSessionStatus(other.key, told)).toEqual({ state: 'gone' });
  });

  test('S2: renewed it has an address that works, and what came counts', async () => {
    await using world = await openWorld();
    const { store } = world;
    const chunk = world.granularityBytes;
    const bytes = randomBytes(chunk + 10);
    const upload = await openUpload(store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, chunk) });
    const renewed = await renew(store, upload);
    expect(await statusOf(store, renewed)).toEqual({ state: 'open', receivedBytes: chunk });
    const status = await world.send(renewed, { offset: chunk, bytes: bytes.subarray(chunk) });
    expect(status).toEqual({ state: 'finished', sizeBytes: bytes.length });
  });

  test('cancelled is gone with its bytes, and may be cancelled again', async () => {
    await using world = await openWorld();
    const { store } = world;
    const chunk = world.granularityBytes;
    const upload = await openUpload(store, chunk * 2);
    await world.send(upload, { offset: 0, bytes: randomBytes(chunk) });
    await store.cancelUploadSession(upload.request.key, upload.opened.session);
    expect(await statusOf(store, upload)).toEqual({ state: 'gone' });
    expect(await store.stat(upload.request.key)).toBeNull();
    await store.cancelUploadSession(upload.request.key, upload.opened.session);
  });

  test('one of another store is gone, may be cancelled, and is renewed by a new one', async () => {
    await using world = await openWorld();
    const { store } = world;
    const { request } = await openUpload(store, 10);
    // As stores on disk write it; Google's has an address in it.
    const foreign = `${request.key.slice(0, -1)}-`;
    expect(await store.uploadSessionStatus(foreign, '10')).toEqual({ state: 'gone' });
    await store.cancelUploadSession(foreign, '10');
    const renewed = await store.renewUploadSession(request, '10');
    expect(await store.uploadSessionStatus(request.key, renewed.session)).toEqual({
      state: 'open',
      receivedBytes: 0,
    });
  });

  test('cancelled after it finished leaves the object', async () => {
    await using world = await openWorld();
    const { store } = world;
    const bytes = randomBytes(1000);
    const upload = await openUpload(store, bytes.length);
    await world.send(upload, { offset: 0, bytes });
    await store.cancelUploadSession(upload.request.key, upload.opened.session);
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('a finished one takes nothing more', async () => {
    await using world = await openWorld();
    const { store } = world;
    const bytes = randomBytes(1000);
    const upload = await openUpload(store, bytes.length);
    await world.send(upload, { offset: 0, bytes });
    // A store may refuse it, or answer as if it had come for the first time.
    await world.send(upload, { offset: 0, bytes: randomBytes(1000) }).catch(() => {});
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
    expect(await statusOf(store, upload)).toEqual({ state: 'finished', sizeBytes: 1000 });
  });

  test('goes on after a cut in the middle of a chunk, with no byte lost or doubled', async () => {
    await using world = await openWorld();
    const { store } = world;
    const chunk = world.granularityBytes;
    const bytes = randomBytes(chunk * 5 + 321);
    const upload = await openUpload(store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, chunk) });
    const part = bytes.subarray(chunk, chunk * 4);
    await world.send(upload, { offset: chunk, bytes: part, breaksAfter: chunk + 77 });
    const status = await statusOf(store, upload);
    const offset = status.state === 'open' ? status.receivedBytes : -1;
    expect(offset).toBeGreaterThanOrEqual(chunk);
    expect(offset).toBeLessThanOrEqual(chunk * 2 + 77);
    await world.send(upload, { offset, bytes: bytes.subarray(offset) });
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('a chunk of a wrong granularity does no harm', async () => {
    await using world = await openWorld();
    const { store } = world;
    const chunk = world.granularityBytes;
    const bytes = randomBytes(chunk * 3);
    const upload = await openUpload(store, bytes.length);
    // A store may refuse it, or take it.
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, chunk + 1) }).catch(() => {});
    const status = await statusOf(store, upload);
    const offset = status.state === 'open' ? status.receivedBytes : -1;
    expect(await world.send(upload, { offset, bytes: bytes.subarray(offset) })).toMatchObject({
      state: 'finished',
    });
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('more bytes than were announced are refused, and the session goes on', async () => {
    await using world = await openWorld();
    const { store } = world;
    const chunk = world.granularityBytes;
    const bytes = randomBytes(chunk + 1000);
    const upload = await openUpload(store, bytes.length);
    const longer = { offset: 0, bytes: randomBytes(chunk + 1001) };
    await expect(world.send(upload, longer)).rejects.toBeInstanceOf(Error);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, chunk) });
    const beyond = Buffer.concat([bytes.subarray(chunk), Buffer.from('x')]);
    await expect(world.send(upload, { offset: chunk, bytes: beyond })).rejects.toBeInstanceOf(Error);
    expect(await store.stat(upload.request.key)).toBeNull();
    await world.send(upload, { offset: chunk, bytes: bytes.subarray(chunk) });
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('of two who write at once, only whole and right bytes come out', async () => {
    await using world = await openWorld();
    const { store } = world;
    const bytes = randomBytes(3_000_000);
    const upload = await openUpload(store, bytes.length);
    const outcomes = await Promise.allSettled([
      world.send(upload, { offset: 0, bytes }),
      world.send(upload, { offset: 0, bytes }),
    ]);
    expect(outcomes).toHaveLength(2);
    const status = await statusOf(store, upload);
    if (status.state === 'open') {
      const offset = status.receivedBytes;
      await world.send(upload, { offset, bytes: bytes.subarray(offset) });
    }
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('S2: one that is too old is refused, and renewed it can be finished', async ({ skip }) => {
    await using world = await openWorld();
    const { store, expire } = world;
    if (expire === null) return skip('this store can not be made to forget a session');
    const chunk = world.granularityBytes;
    const bytes = randomBytes(chunk * 2);
    const upload = await openUpload(store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, chunk) });
    expire();
    const rest = { offset: chunk, bytes: bytes.subarray(chunk) };
    expect(await world.send(upload, rest)).toEqual({ state: 'gone' });
    const renewed = await renew(store, upload);
    const status = await statusOf(store, renewed);
    const offset = status.state === 'open' ? status.receivedBytes : -1;
    await world.send(renewed, { offset, bytes: bytes.subarray(offset) });
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });
}
