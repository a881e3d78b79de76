import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { bodyOf, failsWith, newKey, openUpload, statusOf } from '../../storage/driver-world.ts';
import { openMachineWorld } from '../../storage/gcs-world.ts';

const inAMinute = () => ({ expiresAt: new Date(Date.now() + 60_000) });

test('gcs: whatever is asked of Google carries a token of the account; a session goes without, by its address', async () => {
  await using world = await openMachineWorld();
  const { server, store } = world;
  const answer = await fetch(`${server.url}/storage/v1/b/${server.bucket}/o`);
  expect(answer.status).toBe(401);
  await store.check();
  await store.mark('an instance');
  expect(await store.readMark()).toBe('an instance');

  const upload = await openUpload(store, 10);
  expect(await statusOf(store, upload)).toEqual({ state: 'open', receivedBytes: 0 });
  const { request, opened } = upload;
  expect(await store.renewUploadSession(request, opened.session)).toMatchObject({ url: opened.url });
  await world.send(upload, { offset: 0, bytes: randomBytes(10) });
  const given = await openUpload(store, 10);
  await store.cancelUploadSession(given.request.key, given.opened.session);

  // In one request, and in several.
  const contents = [randomBytes(100), randomBytes(9 * 1024 * 1024)].map((bytes) => ({
    key: newKey(),
    bytes,
  }));
  for (const { key, bytes } of contents) {
    await store.put(key, bodyOf(bytes));
    expect(await store.stat(key)).toMatchObject({ sizeBytes: bytes.length });
    expect((await buffer(await store.read(key, { offset: 50 }))).equals(bytes.subarray(50))).toBe(true);
  }
  const { objects } = await store.list({ limit: 10 });
  expect(objects.map(({ key }) => key).toSorted()).toEqual(
    [request.key, ...contents.map(({ key }) => key)].toSorted(),
  );
  await store.delete(request.key);
  expect(await store.stat(request.key)).toBeNull();
});

test('gcs: without a key file Google signs addresses, and they work', async () => {
  await using machine = await openMachineWorld();
  const { store } = machine;
  const key = newKey();
  await store.put(key, bodyOf(Buffer.from('content')));
  await store.requireSigning();
  const response = await fetch(await store.signedReadUrl(key, inAMinute()));
  expect([response.status, await response.text()]).toEqual([200, 'content']);
});

test('gcs: an account that may not sign is told of at the start, with what to do', async () => {
  await using machine = await openMachineWorld();
  const { server, store } = machine;
  server.grant(['create', 'delete', 'get', 'list'].map((verb) => `storage.objects.${verb}`));
  await store.check();
  await expect(store.requireSigning()).rejects.toThrow(
    /can not sign addresses: .*iam\.serviceAccounts\.signBlob.*"Service Account Token Creator" on itself/,
  );
  await expect(store.signedReadUrl(newKey(), inAMinute())).rejects.toEqual(failsWith('storage_failed'));
});
