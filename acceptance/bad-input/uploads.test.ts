import { describe, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { type Answer, expectError, issueFields, send } from '../harness/http.ts';
import { startInstance } from '../harness/instance.ts';
import { objectFiles } from '../harness/objects.ts';
import { until } from '../harness/poll.ts';
import { openedSchema, pageSchema, usageSchema } from '../harness/schemas.ts';
import {
  askHowFar,
  complete,
  KIB,
  openUpload,
  put,
  putUnmeasured,
  sha256Of,
  textBytes,
  uploadFile,
} from '../harness/uploads.ts';

const server = inject('server');
const dataDir = inject('dataDir');
const bytes = textBytes(10_000);

const tryComplete = (user: Account, id: string, json: unknown = {}): Promise<Answer> =>
  user.send('POST', `/uploads/${id}/complete`, { json });

/** No file, nothing used, and nothing on the disk: it comes to that when the sweep has gone by. */
async function expectNothingKept(user: Account): Promise<void> {
  expect((await user.get('/files', pageSchema)).items).toEqual([]);
  expect(await user.get('/usage', usageSchema)).toMatchObject({ files: 0, sizeBytes: 0, storedBytes: 0 });
  await until('the bytes to be gone from the disk', async () => {
    const left = await objectFiles(dataDir, user.auth.user.id);
    if (left.length > 0) throw new Error(`left: ${left.join(', ')}`);
    return true;
  });
}

describe('a sha256 that the bytes do not match', () => {
  test('given at creation: refused at completion, and nothing is kept', async () => {
    const user = await registerUser(server);
    const declared = { path: 'wrong.txt', sizeBytes: bytes.length, sha256: sha256Of(textBytes(10_000, 2)) };
    const completeTwice = async () => {
      const { upload } = await user.post('/uploads', openedSchema, declared);
      await put(upload, bytes);
      const error = expectError(await tryComplete(user, upload.id), 422, 'checksum_mismatch');
      expect(issueFields(error)).toEqual(['sha256']);
      return tryComplete(user, upload.id);
    };
    let again = await completeTwice();
    // The sweep, which goes by every second, removed it in between: the next one has a second of its own.
    if (again.status === 404) again = await completeTwice();
    expectError(again, 409, 'upload_finished');
    await expectNothingKept(user);
  });

  test('given at completion: refused, and a new upload of the path works', async () => {
    const user = await registerUser(server);
    const { upload } = await user.post('/uploads', openedSchema, { path: 'w.txt', sizeBytes: bytes.length });
    await put(upload, bytes);
    const sha256 = '0'.repeat(64);
    expectError(await tryComplete(user, upload.id, { sha256 }), 422, 'checksum_mismatch');
    await expectNothingKept(user);
    await expect(uploadFile(user, { path: 'w.txt', bytes })).resolves.toMatchObject({ version: 1 });
  });

  test('given twice, and not the same: refused, and the right one still works', async () => {
    const user = await registerUser(server);
    const upload = await openUpload(user, { path: 'two.txt', bytes });
    await put(upload, bytes);
    const error = expectError(
      await tryComplete(user, upload.id, { sha256: '0'.repeat(64) }),
      400,
      'invalid_input',
    );
    expect(issueFields(error)).toEqual(['sha256']);
    await complete(user, upload);
  });

  test.each(['', 'abc', 'Z'.repeat(64), 'A'.repeat(64), '0'.repeat(65)])(
    'because it is none: "%s"',
    async (sha256) => {
      const user = await registerUser(server);
      const answer = await user.send('POST', '/uploads', { json: { path: 'a', sizeBytes: 1, sha256 } });
      expect(issueFields(expectError(answer, 400, 'invalid_input'))).toEqual(['sha256']);
    },
  );
});

describe('a size that the bytes do not match', () => {
  test('fewer: the upload stays open for the rest', async () => {
    const user = await registerUser(server);
    const upload = await openUpload(user, { path: 'short.txt', bytes });
    expectError(await put(upload, bytes.subarray(0, 9_000)), 422, 'size_mismatch');
    expectError(await tryComplete(user, upload.id), 409, 'upload_incomplete');
    expect((await put(upload, bytes)).status).toBe(200);
    await complete(user, upload);
  });

  test('of content that is known by another size', async () => {
    const user = await registerUser(server);
    await uploadFile(user, { path: 'known.txt', bytes });
    const json = { path: 'other.txt', sizeBytes: 9_999, sha256: sha256Of(bytes) };
    const error = expectError(await user.send('POST', '/uploads', { json }), 422, 'size_mismatch');
    expect(issueFields(error)).toEqual(['sizeBytes']);
  });

  test.each([
    ['with Content-Length', (upload: Parameters<typeof put>[0]) => put(upload, textBytes(10_001))],
    [
      'with chunked transfer encoding',
      (upload: Parameters<typeof put>[0]) => putUnmeasured(upload, textBytes(10_001)),
    ],
    [
      'in a chunk that reaches past the end',
      (upload: Parameters<typeof put>[0]) => put(upload, textBytes(10_001), 'bytes 0-10000/10001'),
    ],
  ])('a body larger than declared, %s: refused, nothing of it kept', async (_how, sendTooMuch) => {
    const user = await registerUser(server);
    const upload = await openUpload(user, { path: 'long.txt', bytes });
    expectError(await sendTooMuch(upload), 422, 'size_mismatch');

    const standing = await askHowFar(upload);
    expect([standing.status, standing.headers.get('range')]).toEqual([308, null]);
    expect((await put(upload, bytes)).status).toBe(200);
    await expect(complete(user, upload)).resolves.toMatchObject({ sha256: sha256Of(bytes) });
  });

  test('a body of another length than its Content-Range says', async () => {
    const user = await registerUser(server);
    const upload = await openUpload(user, { path: 'range.txt', bytes: textBytes(512 * KIB) });
    const answer = await put(upload, textBytes(1000), `bytes 0-${256 * KIB - 1}/${512 * KIB}`);
    expect(issueFields(expectError(answer, 400, 'invalid_input'))).toEqual(['Content-Range']);
  });

  test.each(['bytes', 'bytes a-b/c', 'bytes 5-1/10000', 'items 0-9/10000', 'bytes 0-9999'])(
    'a Content-Range that is none: %s',
    async (range) => {
      const user = await registerUser(server);
      const upload = await openUpload(user, { path: 'range.txt', bytes });
      expect(issueFields(expectError(await put(upload, bytes, range), 400, 'invalid_input'))).toEqual([
        'Content-Range',
      ]);
    },
  );
});

describe('an upload session', () => {
  test('used twice: the second PUT is refused, the content stays', async () => {
    const user = await registerUser(server);
    const upload = await openUpload(user, { path: 'once.txt', bytes });
    await put(upload, bytes);
    expectError(await put(upload, textBytes(10_000, 2)), 409, 'upload_finished');
    const file = await complete(user, upload);
    expectError(await put(upload, textBytes(10_000, 2)), 409, 'upload_finished');
    expectError(await user.send('DELETE', `/uploads/${upload.id}`), 409, 'upload_finished');

    const content = await user.send('GET', `/files/${file.id}/content`);
    expect(sha256Of(content.body)).toBe(sha256Of(bytes));
  });

  test('after it expired: refused by every door, and its bytes go', async () => {
    await using instance = await startInstance({ environment: { UPLOAD_EXPIRES_SECONDS: '2' } });
    const user = await registerUser(instance.url);
    const large = textBytes(512 * KIB);
    const upload = await openUpload(user, { path: 'late.txt', bytes: large });
    const first = await put(upload, large.subarray(0, 256 * KIB), `bytes 0-${256 * KIB - 1}/${large.length}`);
    expect(first.status).toBe(308);
    await until('the session to expire', () => (Date.now() > Date.parse(upload.expiresAt) ? true : null));

    // The sweep may have gone by already: then there is no such upload any more.
    const codes = { 409: 'upload_finished', 410: 'upload_expired', 404: 'upload_not_found' } as const;
    for (const answer of [
      await put(upload, large),
      await askHowFar(upload),
      await tryComplete(user, upload.id),
      await user.send('GET', `/uploads/${upload.id}`),
    ]) {
      const code = codes[answer.status === 409 ? 409 : answer.status === 410 ? 410 : 404];
      expectError(answer, answer.status, code);
    }
    await until('the sweep to remove the bytes', async () =>
      (await objectFiles(instance.dataDir, user.auth.user.id)).length === 0 ? true : null,
    );
    await expect(uploadFile(user, { path: 'late.txt', bytes })).resolves.toMatchObject({ version: 1 });
  });

  test('by another user: as if there were none', async () => {
    const [owner, other] = [await registerUser(server), await registerUser(server)];
    const upload = await openUpload(owner, { path: 'mine.txt', bytes });
    await put(upload, bytes);
    expectError(await tryComplete(other, upload.id), 404, 'upload_not_found');
    expectError(await other.send('GET', `/uploads/${upload.id}`), 404, 'upload_not_found');
    expectError(await other.send('DELETE', `/uploads/${upload.id}`), 404, 'upload_not_found');
    await complete(owner, upload);
  });

  test('by an address that was tampered with: as if there were none', async () => {
    const user = await registerUser(server);
    const upload = await openUpload(user, { path: 'signed.txt', bytes });
    const tampered = [...new URL(upload.url).searchParams.keys()].map((name) => {
      const url = new URL(upload.url);
      const value = url.searchParams.get(name) ?? '';
      url.searchParams.set(
        name,
        value.replace(/.$/, (last) => (last === '1' ? '2' : '1')),
      );
      return url.href;
    });
    expect(tampered.length).toBeGreaterThan(0);
    for (const url of [...tampered, upload.url.replace(/\?.*/, '')]) {
      expectError(await send('PUT', url, { body: bytes }), 404, 'upload_not_found');
    }
  });
});
