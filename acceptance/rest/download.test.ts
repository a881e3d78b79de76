import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { expectError, send } from '../harness/http.ts';
import { sha256sOfRestored } from '../harness/objects.ts';
import { contentUrlSchema, type StoredFile } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { KIB, MIB, sha256Of, textBytes, untilReady, uploadFile } from '../harness/uploads.ts';

const server = inject('server');

/** Several frames when compressed, so that ranges cross their borders. */
const SIZE_BYTES = 9 * MIB + 321;
const bytes = textBytes(SIZE_BYTES);

function download(user: Account, file: StoredFile, headers: Record<string, string> = {}) {
  return user.send('GET', `/files/${file.id}/content`, { headers });
}

/** Once as it came (not compressed yet, or never) and once in frames. */
const uploaded = (async () => {
  const user = await registerUser(server);
  const random = randomBytes(300 * KIB);
  const identity = await untilReady(user, await uploadFile(user, { path: 'noise.bin', bytes: random }));
  const zstd = await untilReady(user, await uploadFile(user, { path: 'lines.txt', bytes }));
  return { user, zstd, identity, random };
})();

test('the two files of these tests are stored in the two ways', async () => {
  const { zstd, identity } = await uploaded;
  expect([zstd.encoding, identity.encoding]).toEqual(['zstd', 'identity']);
  expect(identity.storedBytes).toBe(identity.sizeBytes);
});

test('a signed address gives the stored object, without a log-in, and stock zstd makes the content of it', async () => {
  const { user, zstd } = await uploaded;
  const place = await user.get(`/files/${zstd.id}/content_url`, contentUrlSchema);
  expect(place).toMatchObject({ encoding: 'zstd', offset: 0, sizeBytes: SIZE_BYTES, sha256: zstd.sha256 });
  const stored = await send('GET', place.url);
  expect(stored.body.length).toBe(place.storedBytes);
  await using folder = await makeTempFolder('stored');
  const path = join(folder.path, 'object.zst');
  await writeFile(path, stored.body);
  expect(await sha256sOfRestored([path])).toContain(zstd.sha256);
  const forged = place.url.replace(/signature=A?/, (was) =>
    was.endsWith('A') ? 'signature=B' : 'signature=A',
  );
  expect(forged).not.toBe(place.url);
  expect((await send('GET', forged)).status).toBe(404);
});

describe('a download', () => {
  test('is the content, with its length, type and sha256', async () => {
    const { user, zstd } = await uploaded;
    const answer = await download(user, zstd);

    expect(answer.status).toBe(200);
    expect(answer.body.equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': String(SIZE_BYTES),
      'content-type': 'text/plain',
      'accept-ranges': 'bytes',
      etag: `"${zstd.sha256}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(answer.headers.has('content-encoding')).toBe(false);
  });

  test('of what was not compressed is the same', async () => {
    const { user, identity, random } = await uploaded;
    const answer = await download(user, identity);
    expect(sha256Of(answer.body)).toBe(sha256Of(random));
  });

  test.each([
    ['from the middle', 'bytes=1000-1999', 1000, 2000],
    ['of one byte', 'bytes=0-0', 0, 1],
    ['over the border of frames', `bytes=${MIB - 10}-${8 * MIB + 10}`, MIB - 10, 8 * MIB + 11],
    ['with an open end', `bytes=${SIZE_BYTES - 5000}-`, SIZE_BYTES - 5000, SIZE_BYTES],
    ['as a suffix', 'bytes=-777', SIZE_BYTES - 777, SIZE_BYTES],
    ['with a suffix longer than the content', `bytes=-${SIZE_BYTES + 1}`, 0, SIZE_BYTES],
    ['that ends past the content', `bytes=10-${SIZE_BYTES + 999}`, 10, SIZE_BYTES],
  ])('of a range %s is those bytes and no others', async (...[, range, first, end]) => {
    const { user, zstd } = await uploaded;
    const answer = await download(user, zstd, { range });

    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${end - 1}/${SIZE_BYTES}`);
    expect(answer.headers.get('content-length')).toBe(String(end - first));
    expect(answer.body.equals(bytes.subarray(first, end))).toBe(true);
  });

  test.each([`bytes=${SIZE_BYTES}-`, `bytes=${SIZE_BYTES + 5}-${SIZE_BYTES + 9}`])(
    'of a range outside the content is refused with its length: %s',
    async (range) => {
      const { user, zstd } = await uploaded;
      const answer = await download(user, zstd, { range });
      expectError(answer, 416, 'range_not_satisfiable');
      expect(answer.headers.get('content-range')).toBe(`bytes */${SIZE_BYTES}`);
    },
  );

  test.each(['lines=1-2', 'bytes=abc', 'bytes=0-1,5-6'])(
    'with a Range that a server may ignore is the whole: %s',
    async (range) => {
      const { user, zstd } = await uploaded;
      const answer = await download(user, zstd, { range });
      expect([answer.status, answer.body.length]).toEqual([200, SIZE_BYTES]);
    },
  );

  test('is not sent again to who has it (If-None-Match)', async () => {
    const { user, zstd } = await uploaded;
    for (const tag of [`"${zstd.sha256}"`, `W/"${zstd.sha256}"`, `"other", "${zstd.sha256}"`, '*']) {
      const answer = await download(user, zstd, { 'if-none-match': tag });
      expect([answer.status, answer.body.length], tag).toEqual([304, 0]);
      expect(answer.headers.get('etag')).toBe(`"${zstd.sha256}"`);
    }
    expect((await download(user, zstd, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('of a range of another content is the whole of this one (If-Range)', async () => {
    const { user, zstd } = await uploaded;
    const range = 'bytes=0-9';
    expect((await download(user, zstd, { range, 'if-range': `"${zstd.sha256}"` })).status).toBe(206);
    expect((await download(user, zstd, { range, 'if-range': '"other"' })).status).toBe(200);
  });

  test('is described by HEAD', async () => {
    const { user, zstd } = await uploaded;
    const answer = await user.send('HEAD', `/files/${zstd.id}/content`);
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    expect(answer.headers.get('content-length')).toBe(String(SIZE_BYTES));
    expect(answer.headers.get('etag')).toBe(`"${zstd.sha256}"`);
  });
});

/** What RFC 6266 says of a name: `filename*` in UTF-8 counts, and `filename` serves those who do not know it. */
function namesIn(disposition: string | null): { plain: string | undefined; extended: string | undefined } {
  const [, quoted, token] = /\bfilename=(?:"((?:[^"\\]|\\.)*)"|([^\s";]+))/.exec(disposition ?? '') ?? [];
  const plain = quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
  const extended = /\bfilename\*=UTF-8''([\w!#$&+\-.^`|~%]+)/.exec(disposition ?? '')?.[1];
  return { plain, extended: extended === undefined ? undefined : decodeURIComponent(extended) };
}

describe('the name of a download', () => {
  test.each([
    'plain.txt',
    'two words.txt',
    'quo"te.txt',
    'back\\slash.txt',
    'Übung – 日本語 🎉.txt',
    '%41.txt',
  ])('is the file’s own, as an attachment: %s', async (name) => {
    const user = await registerUser(server);
    const file = await uploadFile(user, { path: `folder/${name}`, bytes: textBytes(10) });
    const disposition = (await download(user, file)).headers.get('content-disposition');

    expect(disposition).toMatch(/^attachment; filename/);
    const { plain, extended } = namesIn(disposition);
    expect(extended ?? plain).toBe(name);
  });
});

test('S8: a page of HTML is not one that a browser would run', async () => {
  const user = await registerUser(server);
  const file = await uploadFile(user, { path: 'evil.html', bytes: Buffer.from('<script>alert(1)</script>') });
  const { headers } = await download(user, file);
  expect(headers.get('content-disposition')).toMatch(/^attachment/);
  expect(headers.get('content-security-policy')).toContain('sandbox');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});
