import { createHash, randomBytes } from 'node:crypto';
import { link, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createInstashareClient,
  createMemoryAuthStore,
  type InstashareClient,
} from '@instashare/client/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CuttingProxy,
  freePort,
  makeTestFolder,
  startCuttingProxy,
  startTestApi,
  type TestApi,
  type TestFolder,
} from '../support/index.ts';

const RETRY = { baseMs: 5, capMs: 50, stalledAfterMs: 20_000 };
const MIB = 1024 * 1024;

let stack: AsyncDisposableStack;
let api: TestApi;
let proxy: CuttingProxy;
let folder: TestFolder;
let client: InstashareClient;

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  const port = await freePort();
  proxy = stack.use(await startCuttingProxy(() => port));
  api = stack.use(await startTestApi({ publicUrl: proxy.url, port }));
  folder = stack.use(await makeTestFolder());
  client = stack.use(createInstashareClient({ url: proxy.url, auth: createMemoryAuthStore() }));
  await client.register({ email: 'ada@example.org', password: 'correct horse battery' });
});

afterAll(() => stack.disposeAsync());

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function localFile(name: string, sizeBytes: number): Promise<{ path: string; sha256: string }> {
  const bytes = randomBytes(sizeBytes);
  const path = join(folder.path, name);
  await writeFile(path, bytes);
  return { path, sha256: sha256Of(bytes) };
}

describe('upload', () => {
  test.each([0, 1, 256 * 1024, 3 * MIB + 17])('%d bytes arrive as they are', async (sizeBytes) => {
    const { path, sha256 } = await localFile(`size-${sizeBytes}`, sizeBytes);
    const { file } = await client.upload(path, { path: `sizes/${sizeBytes}` });
    expect(file).toMatchObject({ sizeBytes, sha256, status: 'stored', path: `sizes/${sizeBytes}` });
  });

  test('through a line that is cut again and again, with little sent twice', async () => {
    const sizeBytes = 24 * MIB;
    const { path, sha256 } = await localFile('cut.bin', sizeBytes);
    const before = proxy.bytesUp;
    proxy.cutAfter('up', [3 * MIB, 5 * MIB, 7 * MIB]);
    const { file } = await client.upload(path, { path: 'cut.bin', retry: RETRY });
    expect(file.sha256).toBe(sha256);
    expect(proxy.cutsLeft).toBe(0);
    expect(proxy.bytesUp - before).toBeLessThan(sizeBytes + 6 * MIB);
  });

  test('the same content again is linked, and not sent', async () => {
    const { path, sha256 } = await localFile('twice.bin', 2 * MIB);
    await client.upload(path, { path: 'once.bin' });
    const outcome = await client.upload(path, { path: 'twice.bin', sha256 });
    expect(outcome).toMatchObject({ alreadyStored: true, sentBytes: 0, file: { path: 'twice.bin' } });
  });

  test('C1: a file that grows while it is sent makes no version', async () => {
    const { path } = await localFile('growing.bin', 8 * MIB);
    const growing = client.upload(path, {
      path: 'growing.bin',
      onSession: () => writeFile(path, 'more', { flag: 'a' }),
    });
    await expect(growing).rejects.toMatchObject({ code: 'source_changed' });
    const found = client.call((trpc) => trpc.files.byPath.query({ path: 'growing.bin' }));
    await expect(found).rejects.toMatchObject({ code: 'file_not_found' });
  });

  test('a path that the server does not take is refused with the field named', async () => {
    const { path } = await localFile('fine.bin', 1);
    await expect(client.upload(path, { path: '../up.bin' })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path: ['path'] }],
    });
  });
});

async function stored(name: string, sizeBytes: number) {
  const { path, sha256 } = await localFile(name, sizeBytes);
  const { file } = await client.upload(path, { path: name });
  await rm(path);
  return { file, sha256, to: join(folder.path, `${name}.copy`) };
}

const partsLeft = async () => (await readdir(folder.path)).filter((name) => name.endsWith('.part'));

describe('download', () => {
  test('through a cut line, verified, and without a trace beside it', async () => {
    const { file, sha256, to } = await stored('down.bin', 16 * MIB);
    proxy.cutAfter('down', [2 * MIB, 6 * MIB]);
    await client.downloadFile({ file, to, retry: RETRY });
    expect(proxy.cutsLeft).toBe(0);
    expect([sha256Of(await readFile(to)), await partsLeft()]).toEqual([sha256, []]);
  });

  test('what an earlier try brought is not fetched again', async () => {
    const { file, sha256, to } = await stored('later.bin', 8 * MIB);
    proxy.cutAfter('down', [4 * MIB]);
    const cut = client.downloadFile({ file, to, retry: { ...RETRY, stalledAfterMs: 0 } });
    await expect(cut).rejects.toMatchObject({ code: 'network' });
    expect(await partsLeft()).toHaveLength(1);
    const { resumedBytes } = await client.downloadFile({ file, to });
    expect(resumedBytes).toBeGreaterThan(3 * MIB);
    expect([sha256Of(await readFile(to)), await partsLeft()]).toEqual([sha256, []]);
  });

  test('what an earlier try left damaged is found out and fetched again', async () => {
    const { file, sha256, to } = await stored('damaged.bin', 4 * MIB);
    proxy.cutAfter('down', [2 * MIB]);
    const cut = client.downloadFile({ file, to, retry: { ...RETRY, stalledAfterMs: 0 } });
    await expect(cut).rejects.toMatchObject({ code: 'network' });
    const [part = ''] = await partsLeft();
    await truncate(join(folder.path, part), 0);
    await writeFile(join(folder.path, part), randomBytes(MIB));
    await client.downloadFile({ file, to });
    expect(sha256Of(await readFile(to))).toBe(sha256);
  });

  test('a part that a crash left as another name of the finished file is not written to', async () => {
    const { file, sha256, to } = await stored('twice.bin', 2 * MIB);
    proxy.cutAfter('down', [MIB]);
    const cut = client.downloadFile({ file, to, retry: { ...RETRY, stalledAfterMs: 0 } });
    await expect(cut).rejects.toMatchObject({ code: 'network' });
    const [part = ''] = await partsLeft();
    await client.downloadFile({ file, to });
    await link(to, join(folder.path, part));
    const mine = join(folder.path, 'mine.bin');
    await rename(to, mine);
    await writeFile(mine, 'what the person has made of it');

    await client.downloadFile({ file, to });
    expect(await readFile(mine, 'utf8')).toBe('what the person has made of it');
    expect([sha256Of(await readFile(to)), await partsLeft()]).toEqual([sha256, []]);
  });

  test('what is refused leaves nothing beside it', async () => {
    const { file, to } = await stored('refused.bin', 1_000);
    await client.call((trpc) => trpc.files.delete.mutate({ id: file.id }));
    await expect(client.downloadFile({ file, to })).rejects.toMatchObject({ code: 'file_not_found' });
    expect(await partsLeft()).toEqual([]);
  });

  test('a file that is there is not replaced unless asked', async () => {
    const { file, sha256, to } = await stored('there.bin', 1_000);
    await writeFile(to, 'mine');
    await expect(client.downloadFile({ file, to })).rejects.toMatchObject({ code: 'target_exists' });
    expect(await readFile(to, 'utf8')).toBe('mine');
    await client.downloadFile({ file, to, overwrite: true });
    expect(sha256Of(await readFile(to))).toBe(sha256);
  });

  test('an empty file', async () => {
    const { file, to } = await stored('empty.bin', 0);
    await client.downloadFile({ file, to });
    expect(await readFile(to)).toHaveLength(0);
  });
});

test('the api killed in the middle of an upload, and started again: it goes on where it was', async () => {
  const sizeBytes = 80 * MIB;
  const { path, sha256 } = await localFile('killed.bin', sizeBytes);
  const killings: Promise<void>[] = [];
  const before = proxy.bytesUp;
  const { file } = await client.upload(path, {
    path: 'killed.bin',
    retry: RETRY,
    onProgress: (bytes) => {
      if (bytes > 20 * MIB && killings.length === 0) killings.push(api.kill().then(() => api.start()));
    },
  });
  await Promise.all(killings);
  expect(killings).toHaveLength(1);
  expect(file).toMatchObject({ sha256, sizeBytes });
  expect(proxy.bytesUp - before).toBeLessThan(sizeBytes + 40 * MIB);
}, 60_000);
