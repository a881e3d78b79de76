import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type GcsServer, runSql, startGcsServer } from '@instashare/backend/testing';
import {
  createInstashareClient,
  createMemoryAuthStore,
  type InstashareClient,
} from '@instashare/client/node';
import type { FileDto } from '@instashare/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucketEnvironment } from '../support/bucket-environment.ts';
import {
  makeTestFolder,
  startHttpRelay,
  startTestApi,
  type TestApi,
  type TestFolder,
} from '../support/index.ts';
import { startTestWorker } from '../support/test-worker.ts';

const RETRY = { baseMs: 5, capMs: 50, stalledAfterMs: 20_000 };
const MIB = 1024 * 1024;
/** For a worker on a machine that has much else to do. */
const WORKER_MAY_TAKE_MS = 60_000;

let stack: AsyncDisposableStack;
let google: GcsServer;
let api: TestApi;
let folder: TestFolder;
let client: InstashareClient;

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  google = stack.use(await startGcsServer());
  folder = stack.use(await makeTestFolder());
  const environment = {
    ...(await bucketEnvironment(google, folder)),
    RAW_OBJECT_GRACE_SECONDS: '0',
    SWEEP_INTERVAL_SECONDS: '1',
  };
  api = stack.use(await startTestApi({ environment }));
  stack.use(await startTestWorker(api));
  client = stack.use(createInstashareClient({ url: api.url, auth: createMemoryAuthStore() }));
  await client.register({ email: 'ada@example.org', password: 'correct horse battery' });
});

afterAll(() => stack.disposeAsync());

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function localFile(name: string, bytes: Buffer): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, bytes);
  return path;
}

/** Text that shrinks. */
const text = (bytes: number) => Buffer.from(randomBytes(bytes / 2).toString('hex'));

const byPath = (path: string): Promise<FileDto> => client.call((trpc) => trpc.files.byPath.query({ path }));

async function untilReady(path: string): Promise<FileDto> {
  await expect.poll(async () => (await byPath(path)).status, { timeout: WORKER_MAY_TAKE_MS }).toBe('ready');
  return byPath(path);
}

async function downloaded(file: FileDto): Promise<Buffer> {
  const to = join(folder.path, `${file.id}.copy`);
  await client.downloadFile({ file, to, overwrite: true });
  return readFile(to);
}

async function range(file: FileDto, header: string): Promise<{ status: number; bytes: Buffer }> {
  const authorization = `Bearer ${await client.accessToken()}`;
  const response = await fetch(`${api.url}/files/${file.id}/content`, {
    headers: { authorization, range: header },
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

describe('with a bucket', { timeout: 2 * WORKER_MAY_TAKE_MS }, () => {
  test.each([0, 1, 256 * 1024, 9 * MIB + 17])(
    '%d bytes go to Google, are verified, and come back',
    async (size) => {
      const bytes = randomBytes(size);
      const path = await localFile(`size-${size}`, bytes);
      const { file } = await client.upload(path, { path: `sizes/${size}` });
      expect(file).toMatchObject({ sizeBytes: size, sha256: sha256Of(bytes), status: 'stored' });
      expect((await downloaded(file)).equals(bytes)).toBe(true);
      const ready = await untilReady(`sizes/${size}`);
      expect((await downloaded(ready)).equals(bytes)).toBe(true);
    },
  );

  test('text is compressed, ranges of it are served, and the raw object goes', async () => {
    const bytes = text(6 * MIB);
    const path = await localFile('text', bytes);
    await client.upload(path, { path: 'text' });
    const file = await untilReady('text');
    expect(file).toMatchObject({ encoding: 'zstd' });
    expect(file.storedBytes).toBeLessThan(bytes.length * 0.7);
    expect((await downloaded(file)).equals(bytes)).toBe(true);
    const part = await range(file, `bytes=${3 * MIB}-${3 * MIB + 99_999}`);
    expect(part.status).toBe(206);
    expect(part.bytes.equals(bytes.subarray(3 * MIB, 3 * MIB + 100_000))).toBe(true);
    const isRawGone = () =>
      [...google.objects.values()].every((object) => object.bytes.length !== bytes.length);
    await expect.poll(isRawGone, { timeout: WORKER_MAY_TAKE_MS }).toBe(true);
    expect((await downloaded(await byPath('text'))).equals(bytes)).toBe(true);
  });

  test('through cuts, 503s and lost answers, with little sent twice', async () => {
    const bytes = randomBytes(12 * MIB);
    const path = await localFile('cut', bytes);
    google.plan('send', { kind: 'cut-request', afterBytes: 3 * MIB + 1 });
    google.plan('ask', { kind: 'status', status: 503 });
    google.plan('send', { kind: 'status', status: 503 });
    google.plan('send', { kind: 'cut-request', afterBytes: 100 });
    google.plan('send', { kind: 'lose-answer' });
    const { file } = await client.upload(path, { path: 'cut', retry: RETRY });
    expect(file).toMatchObject({ sha256: sha256Of(bytes), status: 'stored' });
    expect(google.faultsLeft).toBe(0);
    expect((await downloaded(file)).equals(bytes)).toBe(true);
  });

  test('S2: a session that is too old is replaced under the same upload', async () => {
    const bytes = randomBytes(2 * MIB);
    const path = await localFile('old', bytes);
    const ids: string[] = [];
    const { file } = await client.upload(path, {
      path: 'old',
      retry: RETRY,
      onSession: (id) => {
        ids.push(id);
        google.expireSessions();
      },
    });
    expect(file.sha256).toBe(sha256Of(bytes));
    expect(ids).toHaveLength(1);
  });

  test('S3: uploads that were left behind at Google block neither their path nor their content', async () => {
    const bytes = randomBytes(MIB);
    const upload = { path: 'left-behind', sizeBytes: MIB, sha256: sha256Of(bytes) };
    const create = () => client.call((trpc) => trpc.uploads.create.mutate(upload));
    await create();
    const received = await create();
    const url = 'upload' in received ? received.upload.url : expect.fail();
    expect((await fetch(url, { method: 'PUT', body: bytes })).status).toBe(200);

    const path = await localFile('left-behind', bytes);
    const { file } = await client.upload(path, { path: upload.path, sha256: upload.sha256 });
    expect(file).toMatchObject({ path: upload.path, sha256: upload.sha256, status: 'stored' });
    const ready = await untilReady(upload.path);
    expect((await downloaded(ready)).equals(bytes)).toBe(true);
  });

  test('where there is room for one, an upload whose creation lost its answer is sent to the session that it has', async () => {
    await using relay = await startHttpRelay(api.url);
    await using other = createInstashareClient({ url: relay.url, auth: createMemoryAuthStore() });
    const { id } = await other.register({ email: 'bob@example.org', password: 'correct horse battery' });
    const bytes = randomBytes(MIB);
    const database = api.environment['DATABASE_URL'] ?? expect.fail();
    await runSql(database, `UPDATE users SET quota_bytes = ${MIB} WHERE id = '${id}'`);
    const path = await localFile('lost', bytes);
    const leaving = new AbortController();
    const held = relay.hold('/trpc/uploads.create');
    const lost = other.upload(path, { path: 'lost', signal: leaving.signal });
    lost.catch(() => undefined);
    await held.given;
    leaving.abort(new Error('lost'));
    await expect(lost).rejects.toThrow('lost');
    const { file } = await other.upload(path, { path: 'lost' });
    expect(file.sha256).toBe(sha256Of(bytes));
    expect(await runSql(database, `SELECT state FROM uploads WHERE user_id = '${id}'`)).toEqual([
      { state: 'completed' },
    ]);
  });

  test.each([false, true])(
    'bytes that change on the way are found out at completion (sha256 known before: %s)',
    async (isKnown) => {
      const bytes = randomBytes(MIB);
      const path = await localFile('damaged', bytes);
      const options = { path: `damaged-${isKnown}`, ...(isKnown ? { sha256: sha256Of(bytes) } : {}) };
      google.plan('send', { kind: 'damage' });
      await expect(client.upload(path, options)).rejects.toMatchObject({
        code: 'checksum_mismatch',
        issues: [{ path: ['crc32c'] }],
      });
      await expect(byPath(options.path)).rejects.toMatchObject({ code: 'file_not_found' });
      const { file } = await client.upload(path, options);
      expect((await downloaded(file)).equals(bytes)).toBe(true);
    },
  );

  test('an upload that is given up is cancelled at Google, too', async () => {
    const path = await localFile('given-up', randomBytes(1000));
    const before = google.sessions.length;
    google.plan('send', { kind: 'status', status: 400 });
    await expect(client.upload(path, { path: 'given-up', retry: RETRY })).rejects.toThrow('400');
    await expect
      .poll(() => google.sessions[before]?.state, { timeout: WORKER_MAY_TAKE_MS })
      .toBe('cancelled');
  });

  test('a small upload through the api itself, and a deletion', async () => {
    const form = new FormData();
    form.append('file', new Blob(['through the api']), 'form.txt');
    const authorization = `Bearer ${await client.accessToken()}`;
    const response = await fetch(`${api.url}/upload_files`, {
      method: 'POST',
      headers: { authorization },
      body: form,
    });
    expect(response.status).toBe(200);
    const file = await byPath('form.txt');
    expect((await downloaded(file)).toString()).toBe('through the api');
    await client.call((trpc) => trpc.files.delete.mutate({ id: file.id }));
    await expect(byPath('form.txt')).rejects.toMatchObject({ code: 'file_not_found' });
  });

  test('an address of a stored object leads to Google, who asks for no log-in', async () => {
    const bytes = randomBytes(100_000);
    const path = await localFile('addressed', bytes);
    const { file } = await client.upload(path, { path: 'addressed' });
    const { url } = await client.call((trpc) => trpc.files.contentUrl.query({ id: file.id }));
    expect(url.startsWith(`${google.url}/${google.bucket}/`)).toBe(true);
    const response = await fetch(url);
    expect(response.headers.get('content-disposition')).toBe('attachment');
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await fetch(`${url}0`)).status).toBe(403);
  });

  test.each([
    ['identity', randomBytes(64 * MIB)],
    ['zstd', Buffer.from(randomBytes(64 * MIB).toString('base64'))],
  ])(
    'a client that goes away from content stored as %s frees what Google sends at once',
    async (encoding, bytes) => {
      const path = await localFile(`left-${encoding}`, bytes);
      await client.upload(path, { path: `left/${encoding}` });
      const file = await untilReady(`left/${encoding}`);
      expect(file.encoding).toBe(encoding);
      const leaving = new AbortController();
      const response = await fetch(`${api.url}/files/${file.id}/content`, {
        headers: { authorization: `Bearer ${await client.accessToken()}` },
        signal: leaving.signal,
      });
      expect(response.status).toBe(200);
      // Nobody reads on, and all of it fits nowhere on the way; whatever else is asked of Google is over in a moment.
      await delay(500);
      await expect.poll(() => google.openAnswers).toBe(1);
      const { cutAnswers } = google;
      leaving.abort();
      await expect.poll(() => google.openAnswers, { timeout: 5000 }).toBe(0);
      expect(google.cutAnswers).toBe(cutAnswers + 1);
    },
  );

  test('many small files in one request', async () => {
    const contents = Array.from({ length: 50 }, (_, index) => text(2 + index * 100));
    const files = contents.map((bytes, index) => ({
      path: `bundle/${index}`,
      bytes,
      sha256: sha256Of(bytes),
    }));
    const stored = await client.uploadBundle(files);
    expect(stored).toMatchObject(files.map(({ path, sha256 }) => ({ file: { path }, sha256 })));
    for (const { path, bytes } of files.slice(-3)) {
      expect((await downloaded(await untilReady(path))).equals(bytes)).toBe(true);
    }
  });

  test('the api has no routes for bytes of uploads and objects', async () => {
    const path = '018f0000-0000-7000-8000-00000000dead?expires=1&signature=x';
    const sent = await fetch(`${api.url}/storage/uploads/${path}`, { method: 'PUT', body: 'x' });
    const read = await fetch(`${api.url}/storage/objects/a/${path}`);
    expect([sent.status, read.status]).toEqual([404, 404]);
  });
});

test('a bucket that is not there keeps the api from starting, and says so', async () => {
  const environment = { GCS_BUCKET: 'no-such-bucket', STORAGE_EMULATOR_HOST: google.url };
  await expect(startTestApi({ environment })).rejects.toThrow('There is no bucket "no-such-bucket"');
});
