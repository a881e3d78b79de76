import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startGcsServer } from '@instashare/backend/testing';
import { createInstashareClient, createMemoryAuthStore } from '@instashare/client/node';
import { expect, test, vi } from 'vitest';
import { bucketEnvironment } from '../support/bucket-environment.ts';
import { makeTestFolder, startConnectProxy, startTestApi } from '../support/index.ts';
import { startTestWorker } from '../support/test-worker.ts';

test('a bucket that only a proxy can reach is used through it: by the api, the worker and the client', async () => {
  // Of whoever runs the tests.
  for (const name of ['http_proxy', 'no_proxy', 'NO_PROXY']) vi.stubEnv(name, undefined);
  await using google = await startGcsServer();
  await using proxy = await startConnectProxy();
  await using folder = await makeTestFolder();
  // The proxy takes every name for one of this machine, and nobody else knows this one.
  const address = new URL(google.url);
  address.hostname = 'storage.test';
  const environment = {
    ...(await bucketEnvironment(google, folder)),
    STORAGE_EMULATOR_HOST: address.origin,
    HTTP_PROXY: proxy.url,
  };
  await using api = await startTestApi({ environment });
  await using all = new AsyncDisposableStack();
  all.use(await startTestWorker(api));
  const auth = createMemoryAuthStore();
  await using client = createInstashareClient({ url: api.url, auth, proxy: environment });
  await client.register({ email: 'ada@example.org', password: 'correct horse battery' });

  const bytes = Buffer.from(randomBytes(200_000).toString('hex'));
  const path = join(folder.path, 'file');
  await writeFile(path, bytes);
  const { file } = await client.upload(path, { path: 'file' });
  const stored = () => client.call((trpc) => trpc.files.byPath.query({ path: 'file' }));
  await expect.poll(async () => (await stored()).status, { timeout: 60_000 }).toBe('ready');
  expect(await stored()).toMatchObject({ encoding: 'zstd' });
  const to = join(folder.path, 'copy');
  await client.downloadFile({ file, to });
  expect((await readFile(to)).equals(bytes)).toBe(true);
});
