import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { StorageError } from '@instashare/backend/errors';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { bodyOf, type DriverWorld, failsWith, newKey, sha256 } from './driver-world.ts';

export function describeObjects(openWorld: () => Promise<DriverWorld>): void {
  test.each([0, 1, 70_000, 3_000_000])('an object of %i bytes comes back as it was put', async (size) => {
    await using world = await openWorld();
    const { store } = world;
    const [key, bytes] = [newKey(), randomBytes(size)];
    const stored = await store.put(key, bodyOf(bytes));
    expect(stored).toMatchObject({ sizeBytes: size, sha256: sha256(bytes) });
    const stat = await store.stat(key);
    // A store need not remember the sha256.
    expect({ ...stat, sha256: stat?.sha256 ?? stored.sha256 }).toEqual(stored);
    expect((await buffer(await store.read(key))).equals(bytes)).toBe(true);
  });

  test('a body whose memory may be freed, and whose digest nobody wants, comes back as it was put', async () => {
    await using world = await openWorld();
    const { store } = world;
    const [key, bytes] = [newKey(), randomBytes(5_000_000)];
    // Of its own, as large as frames are.
    const chunks = [0, 2_000_000, 4_000_000].map((from) => {
      const part = bytes.subarray(from, from + 2_000_000);
      const chunk = Buffer.allocUnsafeSlow(part.length);
      part.copy(chunk);
      return chunk;
    });
    const options = { ownsChunks: true, hashed: false };
    expect(await store.put(key, Readable.from(chunks), options)).toMatchObject({ sizeBytes: bytes.length });
    expect((await buffer(await store.read(key))).equals(bytes)).toBe(true);
  });

  test('any part of an object can be read', async () => {
    await using world = await openWorld();
    const { store } = world;
    const [key, bytes] = [newKey(), randomBytes(700_000)];
    await store.put(key, bodyOf(bytes));
    const part = fc.record({ offset: fc.nat(700_010), lengthBytes: fc.nat(700_010) }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(part, async ({ offset, lengthBytes }) => {
        const options = {
          ...(offset === undefined ? {} : { offset }),
          ...(lengthBytes === undefined ? {} : { lengthBytes }),
        };
        const read = await buffer(await store.read(key, options));
        const start = offset ?? 0;
        expect(read.equals(bytes.subarray(start, start + (lengthBytes ?? bytes.length)))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('S15: bytes that say they are compressed are nobody’s to decode: they come back as they are', async () => {
    await using world = await openWorld();
    const { store } = world;
    const [key, bytes] = [newKey(), gzipSync(Buffer.alloc(100_000, 'text '))];
    expect(await store.put(key, bodyOf(bytes))).toMatchObject({ sizeBytes: bytes.length });
    expect(await store.stat(key)).toMatchObject({ sizeBytes: bytes.length });
    expect(await buffer(await store.read(key))).toEqual(bytes);
    expect(await buffer(await store.read(key, { offset: 5, lengthBytes: 20 }))).toEqual(
      bytes.subarray(5, 25),
    );
    const url = await store.signedReadUrl(key, { expiresAt: new Date(Date.now() + 60_000) });
    expect(await world.readSigned(url)).toEqual({ status: 200, bytes });
    expect(await world.readSigned(url, 'bytes=5-24')).toEqual({ status: 206, bytes: bytes.subarray(5, 25) });
  });

  test('a key that is taken is never written again', async () => {
    await using world = await openWorld();
    const { store } = world;
    const [key, bytes] = [newKey(), randomBytes(1000)];
    await store.put(key, bodyOf(bytes));
    const second = bodyOf(randomBytes(2000));
    await expect(store.put(key, second)).rejects.toEqual(failsWith('object_exists'));
    expect(second.destroyed).toBe(true);
    expect((await buffer(await store.read(key))).equals(bytes)).toBe(true);
  });

  test('of many who put one key at once, one wins and all others are told', async () => {
    await using world = await openWorld();
    const { store } = world;
    const key = newKey();
    const bodies = Array.from({ length: 8 }, () => randomBytes(50_000));
    const outcomes = await Promise.allSettled(bodies.map((bytes) => store.put(key, bodyOf(bytes))));
    const winner = bodies.find((_, index) => outcomes[index]?.status === 'fulfilled');
    const lost = outcomes
      .filter((outcome) => outcome.status === 'rejected')
      .map(({ reason }): unknown => reason);
    expect(lost).toEqual(Array.from({ length: 7 }, () => failsWith('object_exists')));
    expect(await buffer(await store.read(key))).toEqual(winner);
  });

  test('a body that breaks off, is too long or is no longer wanted leaves nothing', async () => {
    await using world = await openWorld();
    const { store } = world;
    const bytes = randomBytes(900_000);
    const keys = [newKey(), newKey(), newKey()] as const;
    await expect(store.put(keys[0], bodyOf(bytes, 600_000))).rejects.toThrow('the connection broke');
    await expect(store.put(keys[1], bodyOf(bytes), { maxBytes: 899_999 })).rejects.toEqual(
      failsWith('object_too_large'),
    );
    const abort = new AbortController();
    const endless = new Readable({ read() {} });
    endless.push(bytes);
    const put = store.put(keys[2], endless, { signal: abort.signal });
    abort.abort(new Error('no longer wanted'));
    await expect(put).rejects.toThrow('no longer wanted');
    expect(endless.destroyed).toBe(true);

    for (const key of keys) {
      expect(await store.stat(key)).toBeNull();
      await expect(store.read(key)).rejects.toEqual(failsWith('object_missing'));
    }
    expect((await store.list({ limit: 10 })).objects).toEqual([]);
    // And the key is as free as it was.
    expect(await store.put(keys[0], bodyOf(bytes), { maxBytes: 900_000 })).toMatchObject({
      sizeBytes: 900_000,
    });
  });

  test('a read that is destroyed or aborted half way ends', async () => {
    await using world = await openWorld();
    const { store } = world;
    const key = newKey();
    await store.put(key, bodyOf(randomBytes(2_000_000)));
    for await (const _ of await store.read(key)) break;
    const abort = new AbortController();
    const read = await store.read(key, { signal: abort.signal });
    abort.abort();
    await expect(buffer(read)).rejects.toThrow(/abort/i);
    await expect(store.read(key, { signal: abort.signal })).rejects.toThrow(/abort/i);
    // Nobody listens to this one: its failure must not end the process.
    const another = new AbortController();
    const unheard = await store.read(key, { signal: another.signal });
    another.abort();
    await vi.waitFor(() => expect(unheard.closed).toBe(true));
  });

  test('a read that is destroyed half way holds nothing any more', async ({ skip }) => {
    await using world = await openWorld();
    const { store, openReads } = world;
    if (openReads === null) return skip('what this store holds open can not be seen');
    const key = newKey();
    await store.put(key, bodyOf(randomBytes(20_000_000)));
    const read = await store.read(key);
    await once(read, 'readable');
    expect(await openReads()).toBe(1);
    read.destroy();
    await vi.waitFor(async () => expect(await openReads()).toBe(0));
    const abort = new AbortController();
    const aborted = await store.read(key, { signal: abort.signal });
    await once(aborted, 'readable');
    abort.abort();
    await vi.waitFor(async () => expect(await openReads()).toBe(0));
  });

  test('a signed address gives the stored bytes to whoever has it, until it expires', async () => {
    await using world = await openWorld();
    const { store } = world;
    const [key, bytes] = [newKey(), randomBytes(10_000)];
    await store.put(key, bodyOf(bytes));
    const url = await store.signedReadUrl(key, { expiresAt: new Date(Date.now() + 60_000) });
    expect(await world.readSigned(url)).toEqual({ status: 200, bytes });
    const part = bytes.subarray(1000, 2001);
    expect(await world.readSigned(url, 'bytes=1000-2000')).toEqual({ status: 206, bytes: part });
    const another = url.replace(key, newKey());
    expect((await world.readSigned(another)).status).toBeGreaterThanOrEqual(400);
    world.expire?.();
    if (world.expire !== null) expect((await world.readSigned(url)).status).toBeGreaterThanOrEqual(400);
  });

  test('a deleted object is gone, and may be deleted again', async () => {
    await using world = await openWorld();
    const { store } = world;
    const key = newKey();
    await store.put(key, bodyOf(randomBytes(1000)));
    await store.delete(key);
    expect(await store.stat(key)).toBeNull();
    await expect(store.read(key)).rejects.toEqual(failsWith('object_missing'));
    await store.delete(key);
    await store.delete(newKey());
  });

  test('S9: what is no key of ours is refused everywhere', async () => {
    await using world = await openWorld();
    const { store } = world;
    for (const key of ['', 'a', '../a/b', 'a/../b', 'a/b/c', '/a/b', 'a/b.part', 'a\\b/c', 'a/b\0', 'A/B']) {
      await expect(store.put(key, bodyOf(randomBytes(1)))).rejects.toBeInstanceOf(StorageError);
      await expect(store.read(key)).rejects.toBeInstanceOf(StorageError);
      await expect(store.stat(key)).rejects.toBeInstanceOf(StorageError);
      await expect(store.delete(key)).rejects.toBeInstanceOf(StorageError);
      const expiresAt = new Date(Date.now() + 60_000);
      await expect(store.signedReadUrl(key, { expiresAt })).rejects.toBeInstanceOf(StorageError);
      const request = { uploadId: 'a', key, sizeBytes: 1, contentType: 'text/plain', expiresAt };
      await expect(store.createUploadSession(request)).rejects.toBeInstanceOf(StorageError);
    }
  });

  test('says that it can be used', async () => {
    await using world = await openWorld();
    await world.store.check();
    expect((await world.store.list({ limit: 10 })).objects).toEqual([]);
  });

  test('tells what is free, or that there is no end', async () => {
    await using world = await openWorld();
    await world.store.put(newKey(), bodyOf(randomBytes(1)));
    const free = await world.store.freeBytes();
    expect(free === null || free > 0).toBe(true);
  });
}
