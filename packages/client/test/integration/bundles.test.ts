import { createHash, randomBytes } from 'node:crypto';
import {
  createInstashareClient,
  createMemoryAuthStore,
  type InstashareClient,
} from '@instashare/client/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type CuttingProxy,
  freePort,
  startCuttingProxy,
  startTestApi,
  type TestApi,
} from '../support/index.ts';

const RETRY = { baseMs: 5, capMs: 50, stalledAfterMs: 20_000 };
const MIB = 1024 * 1024;

let stack: AsyncDisposableStack;
let api: TestApi;
let proxy: CuttingProxy;
let client: InstashareClient;

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  const port = await freePort();
  proxy = stack.use(await startCuttingProxy(() => port));
  api = stack.use(await startTestApi({ publicUrl: proxy.url, port }));
  client = stack.use(createInstashareClient({ url: proxy.url, auth: createMemoryAuthStore() }));
  await client.register({ email: 'ada@example.org', password: 'correct horse battery' });
});

afterAll(() => stack.disposeAsync());

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const someFiles = (folder: string, count: number, sizeBytes: number) =>
  Array.from({ length: count }, (_, index) => ({
    path: `${folder}/${index}`,
    bytes: randomBytes(sizeBytes),
  }));

async function listed(folder: string): Promise<Record<string, string>> {
  const { items } = await client.call((trpc) =>
    trpc.files.list.query({ prefix: `${folder}/`, limit: 1_000 }),
  );
  return Object.fromEntries(items.map(({ path, sha256, version }) => [path, `${version} ${sha256}`]));
}

const expected = (files: readonly { path: string; bytes: Uint8Array }[]) =>
  Object.fromEntries(files.map(({ path, bytes }) => [path, `1 ${sha256Of(bytes)}`]));

async function contentOf(path: string): Promise<Buffer> {
  const file = await client.call((trpc) => trpc.files.byPath.query({ path }));
  const blocks: Uint8Array[] = [];
  for await (const block of client.readContent({ file })) blocks.push(block);
  return Buffer.concat(blocks);
}

test('many files go up in one request and come down as they were', async () => {
  const modifiedAt = new Date('2001-02-03T04:05:06.000Z');
  const files = [
    ...someFiles('many', 300, 777),
    { path: 'many/empty', bytes: Buffer.alloc(0) },
    { path: 'many/large', bytes: randomBytes(MIB), modifiedAt },
  ];
  const results = await client.uploadBundle(files);
  expect(results.map((result) => 'file' in result && [result.file.path, result.sha256])).toEqual(
    files.map(({ path, bytes }) => [path, sha256Of(bytes)]),
  );
  expect(await listed('many')).toEqual(expected(files));
  expect(results.at(-1)).toMatchObject({ file: { modifiedAt: modifiedAt.toISOString() } });
  for (const { path, bytes } of files.slice(-3)) expect(bytes.equals(await contentOf(path)), path).toBe(true);
});

test('a bad entry is refused with its field named, its neighbours are stored', async () => {
  const [good, other] = someFiles('some', 2, 10);
  if (good === undefined || other === undefined) throw new Error('two files were asked for');
  const results = await client.uploadBundle([
    good,
    { path: '../up', bytes: Buffer.from('x') },
    { ...other, sha256: sha256Of(Buffer.from('something else')) },
  ]);
  expect(results).toMatchObject([
    { file: { path: good.path }, alreadyStored: false },
    { error: { code: 'invalid_input', issues: [{ path: ['path'] }] } },
    { error: { code: 'checksum_mismatch' } },
  ]);
  expect(await listed('some')).toEqual(expected([good]));
});

test('cut in the middle, again and again: it is sent again, and nothing is lost or doubled', async () => {
  const files = someFiles('cut', 40, 100_000);
  proxy.cutAfter('up', [300, 1 * MIB, 3 * MIB]);
  const results = await client.uploadBundle(files, { retry: RETRY });
  expect(proxy.cutsLeft).toBe(0);
  expect(results.every((result) => 'file' in result)).toBe(true);
  expect(await listed('cut')).toEqual(expected(files));
});

test('C16: an answer that is lost is asked for again, and changes nothing', async () => {
  const files = someFiles('lost', 200, 50);
  proxy.cutAfter('down', [100]);
  const results = await client.uploadBundle(files, { retry: RETRY });
  expect(proxy.cutsLeft).toBe(0);
  expect(results).toMatchObject(files.map(({ path }) => ({ file: { path, version: 1 } })));
  expect(await listed('lost')).toEqual(expected(files));
});

test('the api killed in the middle of it, and started again', async () => {
  const files = someFiles('killed', 60, 100_000);
  const before = proxy.bytesUp;
  const uploading = client.uploadBundle(files, { retry: RETRY });
  await expect.poll(() => proxy.bytesUp - before, { interval: 1 }).toBeGreaterThan(0);
  await api.kill();
  await api.start();
  await uploading;
  expect(await listed('killed')).toEqual(expected(files));
}, 60_000);

test('called off, it ends at once with the reason', async () => {
  const abort = new AbortController();
  const reason = new Error('called off');
  const uploading = client.uploadBundle(someFiles('off', 60, 100_000), { signal: abort.signal });
  abort.abort(reason);
  await expect(uploading).rejects.toBe(reason);
});
