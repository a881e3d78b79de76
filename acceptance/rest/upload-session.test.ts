/** The resumable protocol as the documentation of Google Cloud Storage describes it, spoken by plain fetch. */
import { describe, expect, inject, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { type Answer, expectError, send } from '../harness/http.ts';
import { objectBytes } from '../harness/objects.ts';
import { until } from '../harness/poll.ts';
import {
  alreadyStoredSchema,
  completedSchema,
  emptySchema,
  fileSchema,
  openedSchema,
  pageSchema,
  type Upload,
} from '../harness/schemas.ts';
import {
  askHowFar,
  complete,
  KIB,
  MIB,
  openUpload,
  put,
  putBroken,
  sha256Of,
  textBytes,
  uploadFile,
} from '../harness/uploads.ts';

const server = inject('server');
const dataDir = inject('dataDir');

function expectKept(answer: Answer, bytes: number): void {
  expect(answer.status, answer.body.toString()).toBe(308);
  expect(answer.headers.get('range')).toBe(bytes === 0 ? null : `bytes=0-${bytes - 1}`);
}

const chunkOf = (bytes: Buffer<ArrayBuffer>, first: number, end: number) =>
  [bytes.subarray(first, end), `bytes ${first}-${end - 1}/${bytes.length}`] as const;

describe('an upload', () => {
  test('of the whole body in one PUT is listed at once and becomes ready', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(100 * KIB);
    const upload = await openUpload(user, { path: 'docs/readme.txt', bytes });

    expect(new URL(upload.url).origin).toBe(server);
    expect(upload.chunkGranularityBytes).toBe(256 * KIB);
    expect((await put(upload, bytes)).status).toBe(200);

    const file = await complete(user, upload);
    expect(file).toMatchObject({
      path: 'docs/readme.txt',
      sizeBytes: bytes.length,
      sha256: sha256Of(bytes),
      contentType: 'text/plain',
      version: 1,
      modifiedAt: null,
    });
    expect((await user.get('/files', pageSchema)).items.map(({ id }) => id)).toEqual([file.id]);

    const ready = await until('the worker', async () => {
      const now = await user.get(`/files/${file.id}`, fileSchema);
      return now.status === 'ready' ? now : null;
    });
    expect(ready.encoding).toBe('zstd');
    expect(ready.storedBytes).toBeLessThan(bytes.length / 2);
  });

  test('is kept with the time and type that its client names', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(10);
    const { upload } = await user.post('/uploads', openedSchema, {
      path: 'old.bin',
      sizeBytes: 10,
      sha256: sha256Of(bytes),
      modifiedAt: '1969-07-20T22:17:40+02:00',
      contentType: 'text/x-moon',
    });
    expect(upload.headers).toEqual({ 'content-type': 'text/x-moon' });
    await put(upload, bytes);

    await expect(complete(user, upload)).resolves.toMatchObject({
      contentType: 'text/x-moon',
      modifiedAt: '1969-07-20T20:17:40.000Z',
    });
  });

  test('may tell its sha256 only at completion', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(1000);
    const { upload } = await user.post('/uploads', openedSchema, { path: 'late.txt', sizeBytes: 1000 });
    await put(upload, bytes);

    const answer = await user.send('POST', `/uploads/${upload.id}/complete`, { json: {} });
    expect(expectError(answer, 400, 'checksum_missing').issues?.[0]?.path).toEqual(['sha256']);
    const { file } = await user.post(`/uploads/${upload.id}/complete`, completedSchema, {
      sha256: sha256Of(bytes),
    });
    expect(file.sha256).toBe(sha256Of(bytes));
  });

  test('of 0 bytes works', async () => {
    const user = await registerUser(server);
    const file = await uploadFile(user, { path: 'empty', bytes: Buffer.alloc(0) });
    expect(file).toMatchObject({ sizeBytes: 0, sha256: sha256Of(Buffer.alloc(0)) });
  });
});

describe('an upload in chunks', () => {
  test('is answered 308 with the bytes kept after each, and 200 after the last', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(MIB + 12_345);
    const upload = await openUpload(user, { path: 'chunks.txt', bytes });

    expectKept(await put(upload, ...chunkOf(bytes, 0, 256 * KIB)), 256 * KIB);
    expectKept(await put(upload, ...chunkOf(bytes, 256 * KIB, MIB)), MIB);
    expect((await put(upload, ...chunkOf(bytes, MIB, bytes.length))).status).toBe(200);
    await expect(complete(user, upload)).resolves.toMatchObject({ sha256: sha256Of(bytes) });
  });

  test('that is not a multiple of the granularity is refused, and nothing of it is kept', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(MIB);
    const upload = await openUpload(user, { path: 'uneven.txt', bytes });

    expectError(await put(upload, ...chunkOf(bytes, 0, 1000)), 400, 'invalid_input');
    expectKept(await askHowFar(upload), 0);
  });

  test('that leaves a gap or repeats bytes is refused with where the upload stands', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(MIB);
    const upload = await openUpload(user, { path: 'gap.txt', bytes });
    expectKept(await put(upload, ...chunkOf(bytes, 0, 256 * KIB)), 256 * KIB);

    const gap = await put(upload, ...chunkOf(bytes, 512 * KIB, MIB));
    expect(expectError(gap, 409, 'upload_offset_mismatch').message).toContain(String(256 * KIB));
    expectKept(await askHowFar(upload), 256 * KIB);
    expect((await put(upload, ...chunkOf(bytes, 256 * KIB, MIB))).status).toBe(200);
  });
});

describe('asking how far an upload got', () => {
  test('S14: 308 without Range says that nothing was kept', async () => {
    const user = await registerUser(server);
    const upload = await openUpload(user, { path: 'new.txt', bytes: textBytes(MIB) });
    expectKept(await askHowFar(upload), 0);
    expectKept(await put(upload, new Uint8Array(), `bytes */${MIB}`), 0);
  });

  test('answers 200 once everything is there', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(1000);
    const upload = await openUpload(user, { path: 'all.txt', bytes });
    await put(upload, bytes);
    expect((await askHowFar(upload)).status).toBe(200);
  });
});

async function keptBytes(upload: Upload): Promise<number> {
  const answer = await askHowFar(upload);
  expect(answer.status).toBe(308);
  return Number(/^bytes=0-(\d+)$/.exec(answer.headers.get('range') ?? '')?.[1] ?? -1) + 1;
}

describe('a connection that breaks in the middle', () => {
  test.each([
    ['of a whole body', null],
    ['of a chunk', `bytes 0-${5 * MIB - 1}/${5 * MIB}`],
  ])('%s loses nothing that had arrived: the upload goes on there', async (_what, range) => {
    const user = await registerUser(server);
    const bytes = textBytes(5 * MIB);
    const upload = await openUpload(user, { path: 'broken.txt', bytes });
    await putBroken(upload.url, bytes.subarray(0, 3 * MIB), {
      headers: {
        ...upload.headers,
        'content-length': String(bytes.length),
        ...(range === null ? {} : { 'content-range': range }),
      },
      arrived: () =>
        until('some of it to be on the disk', async () =>
          (await objectBytes(dataDir, user.auth.user.id)) > 0 ? true : null,
        ),
    });

    const kept = await keptBytes(upload);
    expect(kept, 'the break must have left something and not everything').toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(3 * MIB);
    expect((await put(upload, ...chunkOf(bytes, kept, bytes.length))).status).toBe(200);
    await expect(complete(user, upload)).resolves.toMatchObject({ sha256: sha256Of(bytes) });
  });

  test('S2: goes on by an address that was asked for anew', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(MIB);
    const lost = await openUpload(user, { path: 'renewed.txt', bytes });
    await put(lost, ...chunkOf(bytes, 0, 512 * KIB));

    const { upload } = await user.get(`/uploads/${lost.id}`, openedSchema);
    expect(await keptBytes(upload)).toBe(512 * KIB);
    expect((await put(upload, ...chunkOf(bytes, 512 * KIB, MIB))).status).toBe(200);
    await expect(complete(user, upload)).resolves.toMatchObject({ sha256: sha256Of(bytes) });
  });
});

describe('content that is known', () => {
  test('is linked at once under another path, and nothing is sent', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(50_000);
    const first = await uploadFile(user, { path: 'one.txt', bytes });
    const second = await user.post('/uploads', alreadyStoredSchema, {
      path: 'copy/of-one.txt',
      sizeBytes: bytes.length,
      sha256: sha256Of(bytes),
    });

    expect(second.file).toMatchObject({ path: 'copy/of-one.txt', sha256: first.sha256, version: 1 });
    expect(second.file.id).not.toBe(first.id);
    const content = await user.send('GET', `/files/${second.file.id}/content`);
    expect(sha256Of(content.body)).toBe(first.sha256);
  });

  test('at its own path changes nothing', async () => {
    const user = await registerUser(server);
    const bytes = textBytes(100);
    const first = await uploadFile(user, { path: 'same.txt', bytes });
    const again = await user.post('/uploads', alreadyStoredSchema, {
      path: 'same.txt',
      sizeBytes: 100,
      sha256: sha256Of(bytes),
    });
    expect(again.file).toMatchObject({ id: first.id, version: 1, updatedAt: first.updatedAt });
  });

  test('of another user is not known: nobody learns what others own', async () => {
    const bytes = textBytes(500, 77);
    await uploadFile(await registerUser(server), { path: 'secret.txt', bytes });
    const other = await registerUser(server);
    const upload = await openUpload(other, { path: 'guess.txt', bytes });
    expectKept(await askHowFar(upload), 0);
  });
});

test('the same path again is a new version of the same file', async () => {
  const user = await registerUser(server);
  const first = await uploadFile(user, { path: 'diary.txt', bytes: textBytes(100, 1) });
  const second = await uploadFile(user, { path: 'diary.txt', bytes: textBytes(200, 2) });

  expect(second).toMatchObject({ id: first.id, version: 2, sizeBytes: 200, createdAt: first.createdAt });
  expect((await user.get('/files', pageSchema)).items).toHaveLength(1);
  const content = await user.send('GET', `/files/${first.id}/content`);
  expect(sha256Of(content.body)).toBe(second.sha256);
});

test('C16: complete answers the same when it is asked twice, or by two at once', async () => {
  const user = await registerUser(server);
  const bytes = textBytes(1000);
  const upload = await openUpload(user, { path: 'twice.txt', bytes });
  await put(upload, bytes);

  const [first, second] = await Promise.all([complete(user, upload), complete(user, upload)]);
  const third = await complete(user, upload);
  const settled = { id: first.id, version: 1, sha256: first.sha256 };
  expect([second, third]).toMatchObject([settled, settled]);
});

test('a cancelled upload takes no more and leaves its path free', async () => {
  const user = await registerUser(server);
  const bytes = textBytes(1000);
  const byId = await openUpload(user, { path: 'no.txt', bytes });
  const answer = await user.send('DELETE', `/uploads/${byId.id}`);
  expect(emptySchema.parse(JSON.parse(answer.body.toString()))).toEqual({});
  expect((await put(byId, bytes)).status).toBeGreaterThanOrEqual(400);

  const byAddress = await openUpload(user, { path: 'no.txt', bytes });
  expect((await send('DELETE', byAddress.url)).status).toBe(204);
  expect((await put(byAddress, bytes)).status).toBeGreaterThanOrEqual(400);

  await expect(uploadFile(user, { path: 'no.txt', bytes })).resolves.toMatchObject({ version: 1 });
});
