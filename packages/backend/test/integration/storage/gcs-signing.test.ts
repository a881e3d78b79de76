import { expect, test, vi } from 'vitest';
import { createGcsObjectStore } from '../../../src/storage/gcs/gcs-object-store.ts';
import { bodyOf, failsWith, newKey } from '../../storage/driver-world.ts';
import { FAST_RETRY, ORIGIN } from '../../storage/gcs-world.ts';
import { startGcsServer } from '../../support/gcs-server/start-gcs-server.ts';

const inAMinute = () => ({ expiresAt: new Date(Date.now() + 60_000) });

/** As on a machine of Google's: there is no key file, and the account's key never leaves Google. */
async function openOnMachine() {
  const server = await startGcsServer();
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', undefined);
  vi.stubEnv('HOME', '/nowhere');
  vi.stubEnv('GCE_METADATA_HOST', new URL(server.url).host);
  vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present');
  const options = { bucket: server.bucket, origin: ORIGIN, emulatorUrl: server.url, retry: FAST_RETRY };
  const store = createGcsObjectStore(options);
  return { server, store, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

test('gcs: without a key file Google signs addresses, and they work', async () => {
  await using machine = await openOnMachine();
  const { store } = machine;
  const key = newKey();
  await store.put(key, bodyOf(Buffer.from('content')));
  await store.requireSigning();
  const response = await fetch(await store.signedReadUrl(key, inAMinute()));
  expect([response.status, await response.text()]).toEqual([200, 'content']);
});

test('gcs: an account that may not sign is told of at the start, with what to do', async () => {
  await using machine = await openOnMachine();
  const { server, store } = machine;
  server.grant(['create', 'delete', 'get', 'list'].map((verb) => `storage.objects.${verb}`));
  await store.check();
  await expect(store.requireSigning()).rejects.toThrow(
    /can not sign addresses: .*iam\.serviceAccounts\.signBlob.*"Service Account Token Creator" on itself/,
  );
  await expect(store.signedReadUrl(newKey(), inAMinute())).rejects.toEqual(failsWith('storage_failed'));
});
