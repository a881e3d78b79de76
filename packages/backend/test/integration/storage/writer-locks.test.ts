import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { createWriterLocks } from '@instashare/backend/database';
import type { DiskObjectStore } from '@instashare/backend/storage';
import { createTestDatabase, runSql } from '@instashare/backend/testing';
import { describe, expect, test, vi } from 'vitest';
import { openDiskWorld } from '../../storage/disk-world.ts';
import { type OpenUpload, openUpload, sha256 } from '../../storage/driver-world.ts';

const never = new AbortController().signal;

/** Two processes on one folder, as two apis are; each with a connection of its own to one database. */
async function openTwo() {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await createTestDatabase());
  const world = opening.use(await openDiskWorld());
  const open = (name: string) => {
    const locks = createWriterLocks({ url, applicationName: `writers-${name}` });
    opening.defer(() => locks[Symbol.asyncDispose]());
    return world.reopen({ writerLocks: locks });
  };
  const [one, other] = [open('one'), open('other')];
  const resources = opening.move();
  // Stores first, as the programs close them: their writers end with locks that hold.
  resources.defer(() =>
    Promise.all([one, other].map((store) => store[Symbol.asyncDispose]())).then(() => {}),
  );
  return {
    one,
    other,
    world,
    cut: (name: string) =>
      runSql(
        url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'writers-${name}'`,
      ),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

function receive(store: DiskObjectStore, { request }: OpenUpload, offset: number) {
  const body = new Readable({ read() {} });
  const status = store.receiver.receive({ ...request, offset }, body, never);
  status.catch(() => {});
  return { body, status };
}

const received = (store: DiskObjectStore, { request, opened }: OpenUpload) =>
  store.uploadSessionStatus(request.key, opened.session);

describe('several apis on one folder', () => {
  test('a client that comes back through another one ends its dead connection and goes on after its last byte', async () => {
    await using two = await openTwo();
    const { one, other } = two;
    const bytes = randomBytes(3_000_000);
    const upload = await openUpload(one, bytes.length);
    const first = receive(one, upload, 0);
    first.body.push(bytes.subarray(0, 1_200_000));
    await vi.waitFor(async () =>
      expect(await received(other, upload)).toEqual({ state: 'open', receivedBytes: 1_200_000 }),
    );
    // Who only looked did not disturb it.
    expect(first.body.destroyed).toBe(false);

    const asked = await other.receiver.status(upload.request.key, bytes.length);
    expect(asked).toEqual({ state: 'open', receivedBytes: 1_200_000 });
    expect([await first.status, first.body.destroyed]).toEqual([asked, true]);
    const rest = receive(other, upload, 1_200_000);
    rest.body.push(bytes.subarray(1_200_000));
    rest.body.push(null);
    expect(await rest.status).toEqual({ state: 'finished', sizeBytes: bytes.length });
    expect((await buffer(await one.read(upload.request.key))).equals(bytes)).toBe(true);
    // The other one saw a part only: the worker will tell.
    expect(await other.stat(upload.request.key)).toMatchObject({ sha256: null });
  });

  test('what another one wrote over is not taken for what this one hashed', async () => {
    await using two = await openTwo();
    const { one, other } = two;
    const [before, after] = [randomBytes(1_000_000), randomBytes(1_000_000)];
    const upload = await openUpload(one, before.length);
    const send = async (store: DiskObjectStore, offset: number, bytes: Buffer) => {
      const sent = receive(store, upload, offset);
      sent.body.push(bytes);
      sent.body.push(null);
      return sent.status;
    };
    await send(one, 0, before.subarray(0, 600_000));
    await delay(20);
    await send(other, 0, after.subarray(0, 600_000));
    await send(one, 600_000, after.subarray(600_000));
    const stat = await one.stat(upload.request.key);
    expect([null, sha256(after)]).toContain(stat?.sha256);
    expect(await buffer(await one.read(upload.request.key))).toEqual(after);
  });

  test('of many who write through both at once, only whole and right bytes come out', async () => {
    await using two = await openTwo();
    const { one, other } = two;
    const bytes = randomBytes(1_000_000);
    const upload = await openUpload(one, bytes.length);
    const send = (store: DiskObjectStore, offset: number) =>
      store.receiver.receive({ ...upload.request, offset }, Readable.from([bytes.subarray(offset)]), never);
    await Promise.allSettled(Array.from({ length: 8 }, (_, index) => send(index % 2 === 0 ? one : other, 0)));
    const status = await other.receiver.status(upload.request.key, bytes.length);
    if (status.state === 'open') await send(one, status.receivedBytes);
    expect((await buffer(await one.read(upload.request.key))).equals(bytes)).toBe(true);
    for (const store of [one, other]) {
      expect([null, sha256(bytes)]).toContain((await store.stat(upload.request.key))?.sha256);
    }
  });

  test('one that loses its connection to the database ends its writers, and vouches for nothing', async () => {
    await using two = await openTwo();
    const { one, other } = two;
    const bytes = randomBytes(1_000_000);
    const upload = await openUpload(one, bytes.length);
    const first = receive(one, upload, 0);
    first.body.push(bytes.subarray(0, 600_000));
    await vi.waitFor(async () => expect(await received(one, upload)).not.toMatchObject({ receivedBytes: 0 }));
    await two.cut('one');
    expect(await first.status).toEqual({ state: 'open', receivedBytes: 600_000 });

    // Both go on, with a new connection.
    expect(await received(other, upload)).toEqual({ state: 'open', receivedBytes: 600_000 });
    const rest = receive(one, upload, 600_000);
    rest.body.push(bytes.subarray(600_000));
    rest.body.push(null);
    expect(await rest.status).toMatchObject({ state: 'finished' });
    expect(await one.stat(upload.request.key)).toEqual({ sizeBytes: bytes.length, sha256: null });
    expect((await buffer(await one.read(upload.request.key))).equals(bytes)).toBe(true);
  });
});
