/** What is the same in a browser (`fetch`, no files), through a line that breaks; and streams, which Node puts into a file. */
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  createInstashareClient,
  createMemoryAuthStore,
  type InstashareClient,
  type UploadOptions,
  type UploadOutcome,
} from '@instashare/client';
import {
  createInstashareClient as createNodeClient,
  type InstashareClient as NodeClient,
} from '@instashare/client/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CuttingProxy, freePort, startCuttingProxy, startTestApi } from '../support/index.ts';

const RETRY = { baseMs: 5, capMs: 50, stalledAfterMs: 20_000 };
const MIB = 1024 * 1024;
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let stack: AsyncDisposableStack;
let proxy: CuttingProxy;
let client: InstashareClient;
let nodeClient: NodeClient;

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  const port = await freePort();
  proxy = stack.use(await startCuttingProxy(() => port));
  stack.use(await startTestApi({ publicUrl: proxy.url, port }));
  const auth = createMemoryAuthStore();
  client = createInstashareClient({ url: proxy.url, auth });
  nodeClient = stack.use(createNodeClient({ url: proxy.url, auth }));
  await client.register({ email: 'ada@example.org', password: 'correct horse battery' });
});

afterAll(() => stack.disposeAsync());

describe('the client for browsers', () => {
  test('uploads in chunks through a line that is cut, and no more than a chunk is sent twice', async () => {
    const bytes = randomBytes(20 * MIB);
    const before = proxy.bytesUp;
    const progress: number[] = [];
    proxy.cutAfter('up', [3 * MIB, 5 * MIB]);
    const options = { path: 'cut.bin', retry: RETRY, onProgress: (sent: number) => progress.push(sent) };
    const { file } = await client.upload(new Blob([bytes]), options);
    expect([file.sha256, proxy.cutsLeft, progress.at(-1)]).toEqual([sha256Of(bytes), 0, bytes.length]);
    expect(proxy.bytesUp - before).toBeLessThan(bytes.length + 9 * MIB);
  });

  test('downloads through a line that is cut', async () => {
    const bytes = randomBytes(6 * MIB);
    const { file } = await client.upload(bytes, { path: 'down.bin' });
    proxy.cutAfter('down', [2 * MIB, 1 * MIB]);
    const download = await client.download(file.id, { retry: RETRY });
    expect(sha256Of(await download.bytes())).toBe(sha256Of(bytes));
    expect(proxy.cutsLeft).toBe(0);
  });

  test('an aborted download says why', async () => {
    const { file } = await client.upload(randomBytes(4 * MIB), { path: 'abort.bin' });
    const aborting = new AbortController();
    const why = new Error('enough');
    const onProgress = () => aborting.abort(why);
    const download = await client.download(file.id, { signal: aborting.signal, onProgress });
    await expect(download.bytes()).rejects.toBe(why);
  });
});

describe('an upload through a line that is cut goes on where it was, from', () => {
  const bytes = randomBytes(16 * MIB);
  const blob = new Blob([bytes]);
  test.each<[string, (options: UploadOptions) => Promise<UploadOutcome>]>([
    ['bytes, by the client for browsers', (options) => client.upload(bytes, options)],
    ['a stream, by the client for browsers', (options) => client.upload(blob.stream(), options)],
    ['bytes, by the client for Node', (options) => nodeClient.upload(bytes, options)],
    ['a Blob, by the client for Node', (options) => nodeClient.upload(blob, options)],
    ["a stream of the web's, by the client for Node", (options) => nodeClient.upload(blob.stream(), options)],
    ["a stream of Node's", (options) => nodeClient.upload(Readable.from([bytes]), options)],
  ])('%s', async (what, upload) => {
    const before = proxy.bytesUp;
    const seen: number[] = [];
    proxy.cutAfter('up', [7 * MIB]);
    const onProgress = (sent: number) => seen.push(sent);
    // The server has the time to take what came before the cut.
    const retry = { ...RETRY, baseMs: 300, capMs: 300 };
    const { file } = await upload({ path: `cut/${what}`, retry, onProgress });
    expect([file.sha256, proxy.cutsLeft, seen.at(-1)]).toEqual([sha256Of(bytes), 0, bytes.length]);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    // Begun anew it would have sent 7 MiB twice.
    expect(proxy.bytesUp - before).toBeLessThan(bytes.length + 6 * MIB);
  });
});

describe('a stream', () => {
  test('that fails makes no version, and its own error comes out', async () => {
    const why = new Error('the source broke');
    async function* broken() {
      yield new Uint8Array(10);
      throw why;
    }
    await expect(nodeClient.upload(broken(), { path: 'broken' })).rejects.toBe(why);
    const web = new ReadableStream({ start: (controller) => controller.error(why) });
    await expect(client.upload(web, { path: 'broken' })).rejects.toBe(why);
    const found = client.call((trpc) => trpc.files.byPath.query({ path: 'broken' }));
    await expect(found).rejects.toMatchObject({ code: 'file_not_found' });
  });

  describe('that stands still is given up when that is asked for:', () => {
    const why = new Error('no longer wanted');

    test("one of Node's", async () => {
      const still = new Readable({ read() {} });
      const aborting = new AbortController();
      const upload = nodeClient.upload(still, { path: 'still', signal: aborting.signal });
      aborting.abort(why);
      await expect(upload).rejects.toBe(why);
      expect(still.destroyed).toBe(true);
    });

    test.each(['for browsers', 'for Node'])("one of the web's, by the client %s", async (which) => {
      const aborting = new AbortController();
      const pulled = Promise.withResolvers<void>();
      const cancelled = Promise.withResolvers<void>();
      const still = new ReadableStream<Uint8Array>(
        { pull: () => pulled.resolve(), cancel: () => cancelled.resolve() },
        { highWaterMark: 0 },
      );
      const options = { path: 'still', signal: aborting.signal };
      const upload = which === 'for Node' ? nodeClient.upload(still, options) : client.upload(still, options);
      await pulled.promise;
      aborting.abort(why);
      await expect(upload).rejects.toBe(why);
      await cancelled.promise;
    });

    test('a generator', async () => {
      const aborting = new AbortController();
      async function* still() {
        yield new Uint8Array(10);
        aborting.abort(why);
        await new Promise(() => {});
      }
      const upload = nodeClient.upload(still(), { path: 'still', signal: aborting.signal });
      await expect(upload).rejects.toBe(why);
    });
  });
});
