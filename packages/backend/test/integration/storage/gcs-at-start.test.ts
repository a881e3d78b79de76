import { describe, expect, test } from 'vitest';
import { createGcsObjectStore } from '../../../src/storage/gcs/gcs-object-store.ts';
import { bodyOf, newKey } from '../../storage/driver-world.ts';
import { FAST_RETRY, ORIGIN, openGcsWorld } from '../../storage/gcs-world.ts';
import type { Fault } from '../../support/gcs-server/faults.ts';

const status = (code: number): Fault => ({ kind: 'status', status: code });

describe('gcs: at the start', () => {
  test('a bucket that is not there is named', async () => {
    await using world = await openGcsWorld();
    const options = { origin: ORIGIN, emulatorUrl: world.server.url, retry: FAST_RETRY };
    const store = createGcsObjectStore({ bucket: 'another', ...options });
    await expect(store.check()).rejects.toThrow('There is no bucket "another"');
  });

  test('rights that are missing are named', async () => {
    await using world = await openGcsWorld();
    const { server, store } = world;
    server.grant(['storage.objects.list', 'storage.objects.get']);
    await expect(store.check()).rejects.toThrow(
      'Rights are missing on the bucket "instashare-test": storage.objects.create, storage.objects.delete.',
    );
    server.plan('permissions', status(403));
    await expect(store.check()).rejects.toThrow('No access to the bucket "instashare-test"');
    server.plan('permissions', status(401));
    await expect(store.check()).rejects.toThrow('does not accept the credentials');
  });

  test('an emulator that does not know of rights will do', async () => {
    await using world = await openGcsWorld();
    world.server.plan('permissions', status(501));
    await expect(world.store.check()).resolves.toBeUndefined();
  });

  test('a store that does not answer is told as that', async () => {
    // A port that nobody gets by chance.
    const emulatorUrl = 'http://127.0.0.1:2';
    const options = { origin: ORIGIN, emulatorUrl, retry: FAST_RETRY };
    const store = createGcsObjectStore({ bucket: 'any-bucket', ...options });
    await expect(store.check()).rejects.toThrow('The bucket "any-bucket" can not be reached');
    // Our own requests, and those of the library.
    const told = 'Google Cloud Storage could not be used (ECONNREFUSED)';
    await expect(store.put(newKey(), bodyOf(Buffer.from('x')))).rejects.toThrow(told);
    await expect(store.stat(newKey())).rejects.toThrow(told);
  });
});
