import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtempDisposable, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findStoreOwner, openDatabase } from '@instashare/backend/database';
import { openObjectStore } from '@instashare/backend/storage';
import { createTestDatabase, runSql, startGcsServer } from '@instashare/backend/testing';
import { describe, expect, test } from 'vitest';
import { openDiskWorld } from '../../storage/disk-world.ts';
import { bodyOf, failsWith, newKey } from '../../storage/driver-world.ts';

const options = { reserveBytes: 0, urlSecret: 's'.repeat(32) };
const ownerOf = (instanceId: string, changes: { expectsMark?: boolean; mayMark?: boolean } = {}) => ({
  instanceId,
  expectsMark: false,
  mayMark: true,
  noteMark: async () => {},
  ...changes,
});

/** Where objects may be: each opens as the configuration would. */
const PLACES = {
  async disk() {
    const folder = await mkdtempDisposable(join(tmpdir(), 'own-'));
    const config = { dataDir: folder.path, gcs: null, publicUrl: 'http://files' };
    return { config, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  },
  async 'a bucket'() {
    const server = await startGcsServer();
    const gcs = { bucket: server.bucket, emulatorUrl: server.url };
    const config = { dataDir: '/nowhere', gcs, publicUrl: 'http://files' };
    return { config, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  },
};

describe.each(Object.entries(PLACES))('a store on %s', (_, openPlace) => {
  test('belongs to the first database that opens it, and to no other', async () => {
    await using place = await openPlace();
    const [first, second] = [randomUUID(), randomUUID()];
    const open = (id: string) => openObjectStore(place.config, { ...options, owner: ownerOf(id) });
    await (await open(first)).store[Symbol.asyncDispose]();
    await expect(open(second)).rejects.toThrow(`belongs to another database (instance ${first}`);
    await (await open(first)).store[Symbol.asyncDispose]();
  });

  test('is not taken for the one that was marked before when it has no mark', async () => {
    await using place = await openPlace();
    const owner = ownerOf(randomUUID(), { expectsMark: true });
    await expect(openObjectStore(place.config, { ...options, owner })).rejects.toThrow(
      'does not carry the mark of this database',
    );
  });

  test('is not marked by who only looks', async () => {
    await using place = await openPlace();
    const owner = ownerOf(randomUUID(), { mayMark: false });
    await using store = (await openObjectStore(place.config, { ...options, owner })).store;
    expect(await store.readMark()).toBeNull();
  });
});

test('a database knows who it is, and expects the mark once the store has content', async () => {
  await using testDatabase = await createTestDatabase();
  const { url } = testDatabase;
  await using database = await openDatabase({ url, poolSize: 2, applicationName: 'own-store-test' });
  const fresh = await findStoreOwner(database);
  expect(fresh).toMatchObject({ expectsMark: false, mayMark: true });
  await fresh.noteMark();
  // Nothing was stored: the store may still be another one.
  expect(await findStoreOwner(database)).toMatchObject({ instanceId: fresh.instanceId, expectsMark: false });
  await runSql(
    url,
    `WITH u AS (INSERT INTO users (id, email, password_hash) VALUES (gen_random_uuid(), 'a@b.c', '') RETURNING id)
     INSERT INTO blobs (id, user_id, sha256, size_bytes, object_key, encoding, stored_bytes, status)
     SELECT gen_random_uuid(), id, sha256('x'), 1, 'a/b', 'identity', 1, 'stored' FROM u`,
  );
  expect(await findStoreOwner(database)).toMatchObject({ instanceId: fresh.instanceId, expectsMark: true });
});

test('a disk that is not mounted any more is not written past: nothing there would be seen again', async () => {
  await using world = await openDiskWorld();
  const { root, store } = world;
  await store.mark(randomUUID());
  const kept = newKey();
  await store.put(kept, bodyOf(randomBytes(10)));

  // What is left of a mount point is an empty folder.
  await rename(root, `${root}-away`);
  await mkdir(root);
  await expect(store.put(newKey(), bodyOf(randomBytes(10)))).rejects.toEqual(failsWith('storage_failed'));
  const request = { uploadId: 'a', sizeBytes: 1, contentType: 'text/plain', expiresAt: new Date() };
  await expect(store.createUploadSession({ ...request, key: newKey() })).rejects.toThrow('still mounted');
  await expect(store.check()).rejects.toThrow('is its disk still mounted?');
  // Or what is there would be taken for lost.
  await expect(store.read(kept)).rejects.toEqual(failsWith('storage_failed'));
  await expect(store.stat(kept)).rejects.toEqual(failsWith('storage_failed'));
  await expect(store.delete(kept)).rejects.toEqual(failsWith('storage_failed'));

  await rm(root, { recursive: true });
  await rename(`${root}-away`, root);
  await store.check();
  expect(await store.stat(kept)).toMatchObject({ sizeBytes: 10 });
  await store.put(newKey(), bodyOf(randomBytes(10)));
});
