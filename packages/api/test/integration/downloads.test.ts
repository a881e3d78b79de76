import { once } from 'node:events';
import { get } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openObjects } from '../support/open-objects.ts';
import { share } from '../support/shares.ts';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

const CONTENT = 'the content of a file';

/** An api with one file of `contents`, one version for each. */
async function withFile(contents: readonly string[] = [CONTENT], path = 'folder/name.txt') {
  await using made = new AsyncDisposableStack();
  const api = made.use(await startTestApi());
  const { token, userId } = await api.register();
  let id = '';
  for (const content of contents) id = (await api.upload(token, path, content)).body.file.id;
  const resources = made.move();
  return {
    api,
    token,
    userId,
    id,
    download: (headers: Record<string, string> = {}, method = 'GET', query = '') =>
      api.request(method, `/files/${id}/content${query}`, { token, headers }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Puts the versions of all files to other times, in the order of their numbers. */
async function setTimes(api: TestApi, times: readonly string[]): Promise<void> {
  for (const [index, time] of times.entries()) {
    await api.sql('UPDATE file_versions SET created_at = $1 WHERE number = $2', [time, index + 1]);
  }
}

const SECOND = 'Tue, 24 Nov 2026 10:00:00 GMT';
const NEXT_SECOND = 'Tue, 24 Nov 2026 10:00:01 GMT';

describe('conditions', () => {
  test('by date: Last-Modified is when the version was made, and answers If-Modified-Since', async () => {
    await using world = await withFile();
    await setTimes(world.api, ['2026-11-24T10:00:00.7Z']);
    expect((await world.download()).headers.get('last-modified')).toBe(SECOND);
    const statusFor = async (headers: Record<string, string>) => (await world.download(headers)).status;
    expect([
      await statusFor({ 'if-modified-since': SECOND }),
      await statusFor({ 'if-modified-since': 'Tue, 24 Nov 2026 09:59:59 GMT' }),
      await statusFor({ 'if-unmodified-since': SECOND }),
      await statusFor({ 'if-unmodified-since': 'Tue, 24 Nov 2026 09:59:59 GMT' }),
      await statusFor({ 'if-match': `"${sha256Of(CONTENT)}"` }),
      await statusFor({ 'if-match': '"other"' }),
    ]).toEqual([304, 200, 200, 412, 200, 412]);
  });

  test('by date: If-Range serves a part of the same content only', async () => {
    await using world = await withFile();
    await setTimes(world.api, ['2026-11-24T10:00:00.7Z']);
    const range = 'bytes=4-6';
    const same = await world.download({ range, 'if-range': SECOND });
    const other = await world.download({ range, 'if-range': NEXT_SECOND });
    expect([same.status, same.text, other.status, other.text]).toEqual([206, 'con', 200, CONTENT]);
  });

  test('two contents of one second are never taken for each other by their date', async () => {
    await using world = await withFile(['older', 'newer']);
    await setTimes(world.api, ['2026-11-24T10:00:00.1Z', '2026-11-24T10:00:00.9Z']);
    const range = 'bytes=0-1';
    expect((await world.download({ 'if-modified-since': SECOND })).status).toBe(200);
    expect((await world.download({ range, 'if-range': SECOND })).text).toBe('newer');
    // A version by its number never changes: there the date is enough.
    const older = await world.api.request('GET', `/files/${world.id}/versions/1/content`, {
      token: world.token,
      headers: { range, 'if-range': SECOND },
    });
    expect(older.text).toBe('ol');

    await setTimes(world.api, ['2026-11-24T10:00:00.1Z', '2026-11-24T10:00:01.9Z']);
    expect((await world.download({ range, 'if-range': NEXT_SECOND })).text).toBe('ne');
    expect((await world.download({ 'if-modified-since': NEXT_SECOND })).status).toBe(304);
    expect((await world.download({ 'if-modified-since': SECOND })).status).toBe(200);
  });

  test('nor are two of which the newer one has the earlier time, as its transaction began before the other', async () => {
    await using world = await withFile(['older', 'newer']);
    await setTimes(world.api, ['2026-11-24T10:00:01.1Z', '2026-11-24T10:00:00.9Z']);
    expect((await world.download()).headers.get('last-modified')).toBe(SECOND);
    // Who has the older one asks by its date.
    expect((await world.download({ 'if-modified-since': NEXT_SECOND })).status).toBe(200);
    expect((await world.download({ range: 'bytes=0-1', 'if-range': SECOND })).text).toBe('newer');
  });

  test('nor are two of which the older one was removed meanwhile', async () => {
    await using world = await withFile(['older', 'newer']);
    await setTimes(world.api, ['2026-11-24T10:00:00.1Z', '2026-11-24T10:00:00.9Z']);
    await world.api.sql('DELETE FROM file_versions WHERE number = 1', []);
    expect((await world.download({ 'if-modified-since': SECOND })).status).toBe(200);
    expect((await world.download({ range: 'bytes=0-1', 'if-range': SECOND })).text).toBe('newer');
  });
});

test('HEAD is what GET would be, without a range and without the bytes', async () => {
  await using world = await withFile();
  const [whole, head] = [await world.download(), await world.download({ range: 'bytes=0-1' }, 'HEAD')];
  expect([head.status, head.text]).toEqual([200, '']);
  const without = (headers: Headers) =>
    Object.fromEntries(
      [...headers].filter(([name]) => !['connection', 'date', 'keep-alive', 'x-request-id'].includes(name)),
    );
  expect(without(head.headers)).toEqual(without(whole.headers));
  expect(head.headers.get('content-length')).toBe(String(CONTENT.length));
});

test('a content type that breaks a header is refused; of one that is stored already no download fails', async () => {
  await using world = await withFile();
  const { api, id, token } = world;
  const contentType = 'text/plain;\r\nX: 1';
  const json = { path: 'other', sizeBytes: 1, contentType };
  const refused = await api.request('POST', '/uploads', { token, json });
  expect([refused.status, refused.body.issues]).toMatchObject([400, [{ path: ['contentType'] }]]);

  await api.sql('UPDATE file_versions SET content_type = $1', [contentType]);
  const { url } = await share(api, token, { fileId: id });
  for (const address of [`/files/${id}/content?disposition=inline`, `${url}/content?disposition=inline`]) {
    const answer = await api.request('GET', address, { token });
    expect([answer.status, answer.text]).toEqual([200, CONTENT]);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
  }
  expect((await api.request('GET', `/files/${id}/versions`, { token })).status).toBe(200);
});

test('an answer that is none of the content says nothing of it', async () => {
  await using world = await withFile();
  const refused = await world.download({ range: 'bytes=500-' });
  expect([refused.status, refused.headers.get('content-range')]).toEqual([416, `bytes */${CONTENT.length}`]);
  await world.api.sql("UPDATE blobs SET object_key = object_key || '-gone'", []);
  const gone = await world.download({ range: 'bytes=0-1' });
  expect([gone.status, gone.body.code]).toEqual([503, 'content_unavailable']);
  for (const { headers } of [refused, gone]) {
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    for (const name of ['etag', 'content-disposition', 'last-modified', 'accept-ranges']) {
      expect(headers.has(name), name).toBe(false);
    }
  }
  expect(gone.headers.has('content-range')).toBe(false);
});

describe('S8: what was uploaded does not run in our origin', () => {
  test.each([
    ['page.html', 'attachment'],
    ['drawing.svg', 'attachment'],
    ['paper.pdf', 'attachment'],
    ['photo.png', 'inline'],
    ['song.mp3', 'inline'],
    ['film.mp4', 'inline'],
    ['notes.txt', 'inline'],
  ])('%s is %s when it is asked for inline', async (path, disposition) => {
    await using world = await withFile(['<script>alert(1)</script>'], path);
    const [asked, plain] = [await world.download({}, 'GET', '?disposition=inline'), await world.download()];
    expect(asked.headers.get('content-disposition')).toBe(`${disposition}; filename=${path}`);
    expect(plain.headers.get('content-disposition')).toBe(`attachment; filename=${path}`);
    for (const { headers } of [asked, plain]) {
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('any other disposition is refused', async () => {
    await using world = await withFile();
    const answer = await world.download({}, 'GET', '?disposition=other');
    expect([answer.status, answer.body.issues]).toMatchObject([400, [{ path: ['disposition'] }]]);
  });
});

test('a client that goes away in the middle frees the object at once', async ({ skip }) => {
  if (process.platform !== 'linux') skip('only Linux tells which files a process has open');
  await using world = await withFile(['0123456789abcdef'.repeat(2 * 1024 * 1024)]);
  const requests = Array.from({ length: 5 }, () =>
    get(`${world.api.url}/files/${world.id}/content`, {
      agent: false,
      headers: { authorization: `Bearer ${world.token}` },
    }),
  );
  // Nobody reads on, and the rest does not fit between the two: the server waits with the object open.
  const responses = await Promise.all(requests.map((request) => once(request, 'response')));
  expect(responses).toHaveLength(5);
  expect(await openObjects(world.userId)).toBe(5);
  for (const request of requests) request.destroy();
  await expect.poll(() => openObjects(world.userId), { timeout: 5000 }).toBe(0);
});
