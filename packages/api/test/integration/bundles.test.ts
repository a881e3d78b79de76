import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { MAX_BUNDLE_BYTES, MAX_BUNDLED_FILE_BYTES } from '@instashare/contracts';
import { describe, expect, test } from 'vitest';
import { BUNDLE_HEADERS, type BundleFile, bundleBody, framed } from '../support/bundle-body.ts';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

const send = (api: TestApi, token: string, body: Buffer) =>
  api.request('POST', '/bundles', { token, body, headers: BUNDLE_HEADERS });

const used = async (api: TestApi, userId: string) => {
  const [row] = await api.sql(
    `SELECT used_bytes::int AS used, (SELECT coalesce(sum(size_bytes), 0)::int FROM blobs) AS held,
       (SELECT count(*)::int FROM uploads) AS uploads FROM users WHERE id = $1`,
    [userId],
  );
  return row;
};

const manyFiles = (count: number): (BundleFile & { readonly content: string })[] =>
  Array.from({ length: count }, (_, index) => ({
    path: `many/${index}.txt`,
    content: `content ${index} `.repeat(index % 50),
  }));

describe('a bundle', () => {
  test('of many files: each is stored, listed and downloaded, and all of them are one object', async () => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    const files = manyFiles(300);
    const answer = await send(api, token, bundleBody(files));
    expect(answer.status).toBe(200);
    expect(answer.body.results).toHaveLength(300);
    for (const [index, { path, content }] of files.entries()) {
      const { file } = answer.body.results[index] ?? {};
      expect(file).toMatchObject({ path, sha256: sha256Of(content), status: 'stored', version: 1 });
      const download = await api.request('GET', `/files/${file?.id}/content`, { token });
      expect(download.text).toBe(content);
    }
    const objects = await api.sql('SELECT DISTINCT object_key FROM blobs', []);
    expect(objects).toHaveLength(1);
    const { used: usedBytes, held, uploads } = (await used(api, userId)) ?? {};
    expect([usedBytes, uploads]).toEqual([held, 0]);
    const [{ seq } = {}] = await api.sql('SELECT change_seq::int AS seq FROM users WHERE id = $1', [userId]);
    expect(seq).toBe(300);
  });

  test('that is as large as one may be, whose memory is given back while it comes, holds what was sent', async () => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const files = Array.from({ length: 8 }, (_, index) => ({
      path: `large/${index}`,
      content: randomBytes(MAX_BUNDLED_FILE_BYTES / 2).toString('hex'),
    }));
    const { body } = await send(api, token, bundleBody(files));
    for (const [index, { content }] of files.entries()) {
      const id = body.results[index]?.file?.id;
      const download = await api.request('GET', `/files/${id}/content`, { token });
      expect(sha256Of(download.text)).toBe(sha256Of(content));
    }
  });

  test('answers what a listing tells of its files, whatever their names, their times and who has their content', async () => {
    await using api = await startTestApi();
    const { token } = await api.register();
    await send(api, token, bundleBody([{ path: 'known', content: 'known' }]));
    const modifiedAt = '1969-12-31T23:59:59.001Z';
    const { body } = await send(
      api,
      token,
      bundleBody([
        { path: 'NULL', content: 'a', modifiedAt: '0001-01-01T00:00:00.000Z' },
        { path: 'back\\slash, {braces} and "quotes"', content: 'b', modifiedAt },
        { path: 'copy', content: 'known', modifiedAt },
        { path: 'known', content: 'new' },
        { path: 'twice', content: 'first' },
        { path: 'twice', content: 'second' },
        { path: 'ünï/ç ode', content: '' },
      ]),
    );
    const listing = await api.request('GET', '/files', { token });
    const byPath = new Map(listing.body.items.map((file) => [file.path, file]));
    const files = body.results.map(({ file }) => file);
    expect(files).toEqual(files.map((file) => byPath.get(file?.path ?? '')));
    expect(new Set(files.map((file) => file?.path)).size).toBe(6);
  });

  test('a Range of one of its files is that of the file', async () => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const { body } = await send(
      api,
      token,
      bundleBody([...manyFiles(3), { path: 'it', content: '0123456789' }]),
    );
    const download = await api.request('GET', `/files/${body.results[3]?.file?.id}/content`, {
      token,
      headers: { range: 'bytes=2-4' },
    });
    expect([download.status, download.text, download.headers.get('content-range')]).toEqual([
      206,
      '234',
      'bytes 2-4/10',
    ]);
  });

  test('sent again it changes nothing, and its second object goes', async () => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    const body = bundleBody(manyFiles(20));
    const first = await send(api, token, body);
    const before = await used(api, userId);
    const second = await send(api, token, body);
    expect(second.body.results.map(({ file }) => file)).toEqual(first.body.results.map(({ file }) => file));
    expect(second.body.results.every(({ alreadyStored }) => alreadyStored === true)).toBe(true);
    expect(await used(api, userId)).toEqual(before);
    expect(await api.sql('SELECT count(*)::int AS count FROM object_deletions', [])).toEqual([{ count: 1 }]);
  });

  test('of one content at several paths, and of one path with two contents: the later one is current', async () => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const { body } = await send(
      api,
      token,
      bundleBody([
        { path: 'a', content: 'same' },
        { path: 'b', content: 'same' },
        { path: 'c', content: 'first' },
        { path: 'c', content: 'second' },
      ]),
    );
    expect(body.results.map(({ file, alreadyStored }) => [file?.path, file?.version, alreadyStored])).toEqual(
      [
        ['a', 1, false],
        ['b', 1, true],
        ['c', 2, false],
        ['c', 2, false],
      ],
    );
    const listing = await api.request('GET', '/files', { token });
    expect(listing.body.items.map(({ path, sha256 }) => [path, sha256])).toEqual([
      ['a', sha256Of('same')],
      ['b', sha256Of('same')],
      ['c', sha256Of('second')],
    ]);
  });

  test('what the account has is linked without its bytes, and what it has not is asked for', async () => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    await send(api, token, bundleBody([{ path: 'a', content: 'known' }]));
    const stranger = await api.register();
    await send(api, stranger.token, bundleBody([{ path: 'a', content: 'of another user' }]));
    const { status, body } = await send(
      api,
      token,
      bundleBody([
        { path: 'copy of a', content: 'known', linkOnly: true },
        { path: 'b', content: 'sent' },
        { path: 'c', content: 'of another user', linkOnly: true },
      ]),
    );
    expect([status, body.results]).toMatchObject([
      200,
      [
        { file: { path: 'copy of a' }, alreadyStored: true },
        { file: { path: 'b' } },
        { error: { code: 'content_unknown' } },
      ],
    ]);
    expect(await used(api, userId)).toMatchObject({ used: 9, uploads: 0 });
  });

  test('one that sends nothing makes no object', async () => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    await send(api, token, bundleBody([{ path: 'a', content: 'known' }]));
    const asking = [
      { path: 'b', content: 'known', linkOnly: true },
      { path: 'c', content: '', linkOnly: true },
    ];
    const { body } = await send(api, token, bundleBody(asking));
    expect(body.results).toMatchObject([{ file: { path: 'b' } }, { error: { code: 'content_unknown' } }]);
    expect(await readdir(join(api.dataDir, 'objects', userId))).toHaveLength(1);
  });

  test('twenty at once with the same files in other orders: no deadlock, and the books are right', async () => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    const files = manyFiles(60);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        send(api, token, bundleBody(turn % 2 === 0 ? files : files.toReversed())),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const { used: usedBytes, held, uploads } = (await used(api, userId)) ?? {};
    expect([usedBytes, uploads]).toEqual([held, 0]);
  });
});

describe('a bad entry', () => {
  test.each([
    ['a path that leads out', { path: '../up' }, 'invalid_input'],
    ['a path with a name of 300 bytes', { path: 'n'.repeat(300) }, 'invalid_input'],
    ['a sha256 that the bytes do not have', { path: 'bad', sha256: sha256Of('other') }, 'checksum_mismatch'],
  ])('%s is refused by itself, the others are stored', async (_, bad, code) => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    const files = [
      { path: 'one', content: 'first' },
      { content: 'is refused', ...bad },
      { path: 'two', content: 'second' },
    ];
    const { status, body } = await send(api, token, bundleBody(files));
    expect([status, body.results]).toMatchObject([
      200,
      [{ file: { path: 'one' } }, { error: { code } }, { file: { path: 'two' } }],
    ]);
    expect(await used(api, userId)).toEqual({ used: 11, held: 11, uploads: 0 });
  });
});

describe('a bad bundle keeps nothing', () => {
  const bytes = (count: number) => randomBytes(count);
  const entry = { path: 'a', sizeBytes: 3, sha256: sha256Of('abc') };
  const manifest = (entries: readonly unknown[]) => JSON.stringify({ entries });
  const big = { path: 'b', sizeBytes: MAX_BUNDLED_FILE_BYTES, sha256: sha256Of('') };
  const tooMuch = Array.from({ length: MAX_BUNDLE_BYTES / MAX_BUNDLED_FILE_BYTES + 1 }, () => big);

  test.each([
    ['nothing at all', Buffer.alloc(0), 400, 'request_aborted'],
    ['a manifest that is not JSON', framed('{'), 400, 'invalid_input'],
    ['no entries', framed(manifest([])), 400, 'invalid_input'],
    ['a manifest of 4 GB', Buffer.alloc(4, 0xff), 413, 'payload_too_large'],
    ['a negative size', framed(manifest([{ ...entry, sizeBytes: -1 }])), 400, 'invalid_input'],
    [
      'a file that is too large',
      framed(manifest([{ ...big, sizeBytes: big.sizeBytes + 1 }])),
      400,
      'invalid_input',
    ],
    ['too much in all', framed(manifest(tooMuch)), 413, 'payload_too_large'],
    ['fewer bytes than declared', framed(manifest([entry, entry]), [bytes(4)]), 400, 'request_aborted'],
    ['more bytes than declared', framed(manifest([entry]), [bytes(4)]), 422, 'size_mismatch'],
  ] as const)('%s', async (...[, body, status, code]) => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    const answer = await send(api, token, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await used(api, userId)).toMatchObject({ used: 0, held: 0 });
    expect(await api.sql("SELECT id FROM uploads WHERE state = 'pending'", [])).toEqual([]);
  });

  test('one that is torn off by the connection', async () => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    const body = bundleBody([{ path: 'a', content: bytes(500_000) }]);
    await new Promise<void>((resolve) => {
      const cut = request(`${api.url}/bundles`, {
        method: 'POST',
        headers: { ...BUNDLE_HEADERS, authorization: `Bearer ${token}`, 'content-length': body.length },
      });
      cut.on('error', () => {});
      cut.on('close', resolve);
      cut.write(body.subarray(0, 400_000), () => setImmediate(() => cut.destroy()));
    });
    // It may be torn off before the server has begun with it, and is looked after all the same.
    const pending = () => api.sql("SELECT id FROM uploads WHERE state = 'pending'", []);
    const left = async () => ({ pending: await pending(), ...(await used(api, userId)) });
    await expect.poll(left).toMatchObject({ pending: [], used: 0, held: 0 });
  });

  test('one that the quota has no room for', async () => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    await api.sql('UPDATE users SET quota_bytes = 10 WHERE id = $1', [userId]);
    const answer = await send(api, token, bundleBody([{ path: 'a', content: 'eleven byte' }]));
    expect(answer.body.code).toBe('quota_exceeded');
    expect(await used(api, userId)).toEqual({ used: 0, held: 0, uploads: 0 });
  });

  test('another content type, and no log-in', async () => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const body = bundleBody([{ path: 'a', content: 'a' }]);
    const headers = { 'content-type': 'application/octet-stream' };
    const other = await api.request('POST', '/bundles', { token, body, headers });
    expect([other.status, other.body.code]).toEqual([415, 'unsupported_media_type']);
    const stranger = await api.request('POST', '/bundles', { body, headers: BUNDLE_HEADERS });
    expect([stranger.status, stranger.body.code]).toEqual([401, 'unauthenticated']);
  });
});
