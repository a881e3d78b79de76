import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { ObjectStore } from '@instashare/backend/storage';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DriverWorld, type OpenUpload, openUpload } from './driver-world.ts';

const statusOf = (store: ObjectStore, { request, opened }: OpenUpload) =>
  store.uploadSessionStatus(request.key, opened.session);

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

  test('renewed has another address, and what came counts', async () => {
    await using world = await openWorld();
    const { store } = world;
    const chunk = world.granularityBytes;
    const bytes = randomBytes(chunk + 10);
    const upload = await openUpload(store, bytes.length);
    await world.send(upload, { offset: 0, bytes: bytes.subarray(0, chunk) });
    const request = { ...upload.request, expiresAt: new Date(Date.now() + 120_000) };
    const renewed = { request, opened: await store.renewUploadSession(request, upload.opened.session) };
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

  test('cancelled after it finished leaves the object', async () => {
    await using world = await openWorld();
    const { store } = world;
    const bytes = randomBytes(1000);
    const upload = await openUpload(store, bytes.length);
    await world.send(upload, { offset: 0, bytes });
    await store.cancelUploadSession(upload.request.key, upload.opened.session);
    expect((await buffer(await store.read(upload.request.key))).equals(bytes)).toBe(true);
  });

  test('goes with the deletion of its object', async () => {
    await using world = await openWorld();
    const { store } = world;
    const chunk = world.granularityBytes;
    const upload = await openUpload(store, chunk * 2);
    await world.send(upload, { offset: 0, bytes: randomBytes(chunk) });
    await store.delete(upload.request.key);
    expect(await statusOf(store, upload)).toEqual({ state: 'gone' });
  });
}
