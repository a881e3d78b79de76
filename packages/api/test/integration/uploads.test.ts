import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

async function sentUpload(
  api: TestApi,
  token: string,
  upload: { path: string; content: string; sha256?: string },
) {
  const { path, content, sha256 } = upload;
  const created = await api.request('POST', '/uploads', {
    token,
    json: { path, sizeBytes: Buffer.byteLength(content), ...(sha256 === undefined ? {} : { sha256 }) },
  });
  const { id, url } = created.body.upload;
  const put = await api.request('PUT', url, { body: content });
  expect(put.status).toBe(200);
  return {
    id,
    complete: () =>
      api.request('POST', `/uploads/${id}/complete`, { token, json: { sha256: sha256Of(content) } }),
  };
}

async function usedBytes(api: TestApi, userId: string): Promise<number> {
  const [user] = await api.sql('SELECT used_bytes FROM users WHERE id = $1', [userId]);
  return Number(user?.['used_bytes']);
}

test('C16: complete asked ten times at once answers the same file, once', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const upload = await sentUpload(api, token, { path: 'a.txt', content: 'hello' });
  const answers = await Promise.all(Array.from({ length: 10 }, upload.complete));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(answers[0]?.body.file.version).toBe(1);
});

test('two devices, one path: both become versions, and the later is current', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const uploads = await Promise.all(
    ['one', 'two', 'three', 'four'].map((content) => sentUpload(api, token, { path: 'shared.txt', content })),
  );
  const answers = await Promise.all(uploads.map(({ complete }) => complete()));
  expect(answers.map(({ body }) => body.file.id)).toEqual(answers.map(() => answers[0]?.body.file.id));
  const listed = await api.request('GET', '/files', { token });
  expect(listed.body.items).toMatchObject([{ path: 'shared.txt', version: 4 }]);
});

test('the same content at many paths at once is kept once, and every file is whole', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const content = 'the same everywhere';
  const paths = Array.from({ length: 12 }, (_, index) => `copy-${index}`);
  const uploads = await Promise.all(paths.map((path) => sentUpload(api, token, { path, content })));
  const answers = await Promise.all(uploads.map(({ complete }) => complete()));
  for (const { body } of answers) {
    const download = await api.request('GET', `/files/${body.file.id}/content`, { token });
    expect(download.text).toBe(content);
  }
  expect(await usedBytes(api, userId)).toBe(content.length);
});

test('one that was given up says so, whatever is sent to it, until a sweep has removed it', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const created = await api.request('POST', '/uploads', { token, json: { path: 'a', sizeBytes: 7 } });
  const { id, url } = created.body.upload;
  expect((await api.request('DELETE', `/uploads/${id}`, { token })).status).toBe(200);
  for (const content of ['content', 'more than was announced']) {
    const put = await api.request('PUT', url, { body: content });
    expect([put.status, put.body.code]).toEqual([409, 'upload_finished']);
  }
  await api.sql('DELETE FROM uploads', []);
  const late = await api.request('PUT', url, { body: 'content' });
  expect([late.status, late.body.code]).toEqual([404, 'upload_not_found']);
});

test('the same content at the same path again changes nothing', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const first = await api.upload(token, 'a', 'content');
  const second = await api.upload(token, 'a', 'content');
  expect(second.body).toEqual(first.body);
});

test('bytes that do not have the declared sha256 are refused, and give back what they had reserved', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const upload = await sentUpload(api, token, { path: 'a', content: 'torn', sha256: sha256Of('whole') });
  const mismatch = await api.request('POST', `/uploads/${upload.id}/complete`, { token, json: {} });
  expect([mismatch.status, mismatch.body.code]).toEqual([422, 'checksum_mismatch']);
  const again = await api.request('POST', `/uploads/${upload.id}/complete`, { token, json: {} });
  expect([again.status, again.body.code]).toEqual([409, 'upload_finished']);
  expect((await api.request('GET', '/files', { token })).body.items).toEqual([]);
  expect(await usedBytes(api, userId)).toBe(0);
});

test('changes have no holes and follow each other in the order they were committed', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const uploads = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      sentUpload(api, token, { path: `f${index}`, content: `c${index}` }),
    ),
  );
  const answers = await Promise.all(uploads.map(({ complete }) => complete()));
  await Promise.all(answers.map(({ body }) => api.request('DELETE', `/files/${body.file.id}`, { token })));
  const changes = await api.sql('SELECT seq, kind FROM changes WHERE user_id = $1 ORDER BY seq', [userId]);
  expect(changes.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(changes.slice(20).every(({ kind }) => kind === 'deleted')).toBe(true);
});

test('a file that the disk has no room for is refused before its first byte, and reserves nothing', async () => {
  await using api = await startTestApi({ DISK_RESERVE_MIB: String(2 ** 40) });
  const { token, userId } = await api.register();
  const refused = await api.request('POST', '/uploads', { token, json: { path: 'a', sizeBytes: 1 } });
  expect([refused.status, refused.body.code]).toEqual([507, 'storage_full']);
  const form = new FormData();
  form.append('file', new Blob(['x']), 'a');
  const inOneRequest = await api.request('POST', '/upload_files', { token, body: form });
  expect([inOneRequest.status, inOneRequest.body.code]).toEqual([507, 'storage_full']);
  expect(await usedBytes(api, userId)).toBe(0);
});

test('a disk that fails under an upload session is said to fail, whatever is asked of the session', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const { upload } = (await api.request('POST', '/uploads', { token, json: { path: 'a.txt', sizeBytes: 5 } }))
    .body;
  // Where its owner's folder was there is none that could be looked into.
  const folder = join(api.dataDir, 'objects', userId);
  await rm(folder, { recursive: true });
  await writeFile(folder, '');
  const answers = [
    await api.request('PUT', upload.url, { headers: { 'content-range': 'bytes */5' } }),
    await api.request('PUT', upload.url, { body: 'hello' }),
    await api.request('POST', `/uploads/${upload.id}/complete`, {
      token,
      json: { sha256: sha256Of('hello') },
    }),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
    answers.map(() => [503, 'unavailable']),
  );
});
