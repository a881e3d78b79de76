import { describe, expect, test } from 'vitest';
import { BUNDLE_HEADERS, type BundleFile, bundleBody } from '../support/bundle-body.ts';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

interface Write {
  readonly content: string;
  readonly create?: { readonly json?: object; readonly headers?: Record<string, string> };
  readonly complete?: { readonly json?: object; readonly headers?: Record<string, string> };
}

/** Writes `a.txt`, and gives the first answer that is not 200, or the last. */
async function write(api: TestApi, token: string, { content, create = {}, complete = {} }: Write) {
  const sizeBytes = Buffer.byteLength(content);
  const created = await api.request('POST', '/uploads', {
    token,
    json: { path: 'a.txt', sizeBytes, ...create.json },
    ...(create.headers === undefined ? {} : { headers: create.headers }),
  });
  if (created.status !== 200 || created.body.alreadyStored) return created;
  await api.request('PUT', created.body.upload.url, { body: content });
  return api.request('POST', `/uploads/${created.body.upload.id}/complete`, {
    token,
    json: { sha256: sha256Of(content), ...complete.json },
    ...(complete.headers === undefined ? {} : { headers: complete.headers }),
  });
}

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
const MISMATCH = [412, 'version_mismatch'];

test('a write that expects another version is refused when it begins, and when it is completed', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const first = await write(api, token, { content: 'one', create: { json: { ifVersion: 0 } } });
  expect(first.body.file.version).toBe(1);

  const refused = [
    await write(api, token, { content: 'two', create: { json: { ifVersion: 0 } } }),
    await write(api, token, { content: 'two', create: { json: { ifVersion: 2 } } }),
    await write(api, token, { content: 'two', complete: { json: { ifVersion: 2 } } }),
    await write(api, token, { content: 'two', create: { headers: { 'if-none-match': '*' } } }),
    await write(api, token, { content: 'two', create: { headers: { 'if-match': '"2"' } } }),
    await write(api, token, { content: 'two', create: { headers: { 'if-match': `"${sha256Of('x')}"` } } }),
    await write(api, token, { content: 'two', complete: { headers: { 'if-match': 'W/"1"' } } }),
  ];
  expect(refused.map(codeOf)).toEqual(refused.map(() => MISMATCH));

  const passed = [
    await write(api, token, { content: 'two', create: { json: { ifVersion: 1 } } }),
    await write(api, token, { content: 'three', complete: { json: { ifVersion: 2 } } }),
    await write(api, token, { content: 'four', create: { headers: { 'if-match': '"7", "3"' } } }),
    await write(api, token, {
      content: 'five',
      create: { headers: { 'if-match': `"${sha256Of('four')}"` } },
    }),
    await write(api, token, { content: 'six', complete: { headers: { 'if-match': '*' } } }),
  ];
  expect(passed.map(({ body }) => body.file.version)).toEqual([2, 3, 4, 5, 6]);
});

test('of four devices that all saw version 1 one wins, the others are told, and may go on all the same', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await write(api, token, { content: 'one' });
  const sent = await Promise.all(
    ['mine', 'yours', 'theirs', 'ours'].map(async (content) => {
      const json = { path: 'a.txt', sizeBytes: content.length, ifVersion: 1 };
      const { upload } = (await api.request('POST', '/uploads', { token, json })).body;
      await api.request('PUT', upload.url, { body: content });
      return (ifVersion?: number) =>
        api.request('POST', `/uploads/${upload.id}/complete`, {
          token,
          json: { sha256: sha256Of(content), ...(ifVersion === undefined ? {} : { ifVersion }) },
        });
    }),
  );
  const answers = await Promise.all(sent.map((complete) => complete()));
  expect(answers.map(({ status }) => `${status}`).toSorted()).toEqual(['200', '412', '412', '412']);
  expect((await api.request('GET', '/files', { token })).body.items).toMatchObject([{ version: 2 }]);

  const loser = sent.find((_, index) => answers[index]?.status === 412);
  expect((await loser?.())?.status).toBe(412);
  expect((await loser?.(2))?.body.file.version).toBe(3);
});

test('a write that went through and is asked again, since its answer was lost, is answered again', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await write(api, token, { content: 'one' });
  const json = { ifVersion: 1, sha256: sha256Of('two') };
  const first = await write(api, token, { content: 'two', create: { json } });
  const again = await write(api, token, { content: 'two', create: { json } });
  expect([first.body.file.version, again.status, again.body.file]).toEqual([2, 200, first.body.file]);
  expect(again.body.alreadyStored).toBe(true);
});

test('known content is linked only at the version expected', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await write(api, token, { content: 'one' });
  await write(api, token, { content: 'two' });
  const back = (ifVersion: number) =>
    write(api, token, { content: 'one', create: { json: { ifVersion, sha256: sha256Of('one') } } });
  expect(codeOf(await back(1))).toEqual(MISMATCH);
  const linked = await back(2);
  expect([linked.body.alreadyStored, linked.body.file.version]).toEqual([true, 3]);
});

test('over tRPC the header says nothing: the input does', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const create = (json: object, headers = {}) =>
    api.request('POST', '/trpc/uploads.create', { token, json, headers });
  const input = { path: 'b.txt', sizeBytes: 1 };
  expect((await create(input, { 'if-match': '"7"' })).status).toBe(200);
  expect((await create({ ...input, ifVersion: 7 })).status).toBe(412);
});

test('a deletion and a move that expect another version are refused, by the input and by If-Match', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await write(api, token, { content: 'one' });
  const { file } = (await write(api, token, { content: 'two' })).body;
  const remove = (query: string, headers: Record<string, string> = {}) =>
    api.request('DELETE', `/files/${file.id}${query}`, { token, headers });
  const move = (json: object, headers: Record<string, string> = {}) =>
    api.request('POST', `/files/${file.id}/move`, { token, json: { path: 'b.txt', ...json }, headers });
  const refused = [
    await remove('?ifVersion=1'),
    await remove('', { 'if-match': '"1"' }),
    await remove('', { 'if-match': `"${sha256Of('one')}"` }),
    await move({ ifVersion: 1 }),
    await move({}, { 'if-match': '"1"' }),
  ];
  expect(refused.map(codeOf)).toEqual(refused.map(() => MISMATCH));
  expect((await remove('?ifVersion=two')).status).toBe(400);
  expect((await move({ ifVersion: 2 }, { 'if-match': '"2"' })).body).toMatchObject({ path: 'b.txt' });
  expect((await remove('?ifVersion=2')).status).toBe(200);
});

test('a completed upload is answered with the ETag that the file has', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await write(api, token, { content: 'one' });
  const done = await api.upload(token, 'a.txt', 'two');
  const read = await api.request('GET', `/files/${done.body.file.id}`, { token });
  expect([done.headers.get('etag'), read.headers.get('etag')]).toEqual(['"2"', '"2"']);
});

test('the ETag of a file is what If-Match takes, and an old version is restored only at the one expected', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await write(api, token, { content: 'one' });
  const { file } = (await write(api, token, { content: 'two' })).body;
  const read = await api.request('GET', `/files/${file.id}`, { token });
  const byPath = await api.request('GET', '/file_by_path?path=a.txt', { token });
  const etag = read.headers.get('etag') ?? '';
  expect([etag, byPath.headers.get('etag')]).toEqual(['"2"', '"2"']);

  const restore = (ifMatch: string) =>
    api.request('POST', `/files/${file.id}/restore`, {
      token,
      json: { version: 1 },
      headers: { 'if-match': ifMatch },
    });
  expect(codeOf(await restore('"1"'))).toEqual(MISMATCH);
  const restored = await restore(etag);
  expect([restored.status, restored.body, restored.headers.get('etag')]).toMatchObject([
    200,
    { version: 3 },
    '"3"',
  ]);
  const moved = await api.request('POST', `/files/${file.id}/move`, {
    token,
    json: { path: 'b.txt' },
    headers: { 'if-match': restored.headers.get('etag') ?? '' },
  });
  expect([moved.status, moved.headers.get('etag')]).toEqual([200, '"3"']);
});

test('a form of files is refused as a whole when one of them is not at what If-Match says', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await write(api, token, { content: 'one' });
  const send = (headers: Record<string, string>, files: Readonly<Record<string, string>>) => {
    const form = new FormData();
    for (const [path, content] of Object.entries(files)) form.append('file', new Blob([content]), path);
    return api.request('POST', '/upload_files', { token, body: form, headers });
  };
  const refused = [
    await send({ 'if-none-match': '*' }, { 'a.txt': 'two', 'b.txt': 'two' }),
    await send({ 'if-match': '"2"' }, { 'a.txt': 'two' }),
    await send({ 'if-match': `"${sha256Of('x')}"` }, { 'a.txt': 'two' }),
    await send({ 'if-match': '*' }, { 'a.txt': 'two', 'b.txt': 'two' }),
  ];
  expect(refused.map(codeOf)).toEqual(refused.map(() => MISMATCH));
  const listed = (await api.request('GET', '/files', { token })).body.items;
  expect(listed).toMatchObject([{ path: 'a.txt', version: 1 }]);
  expect((await api.request('GET', '/usage', { token })).body).toMatchObject({ quota: { usedBytes: 3 } });

  const passed = await send({ 'if-match': '"1"' }, { 'a.txt': 'two' });
  expect([passed.status, passed.body.files]).toMatchObject([200, [{ version: 2 }]]);
  // Sent again, since its answer was lost.
  expect((await send({ 'if-match': '"1"' }, { 'a.txt': 'two' })).body).toEqual(passed.body);
  expect((await send({ 'if-none-match': '*' }, { 'b.txt': 'two' })).status).toBe(200);
});

describe('ifVersion in a bundle', () => {
  const send = async (api: TestApi, token: string, files: readonly BundleFile[]) => {
    const { body } = await api.request('POST', '/bundles', {
      token,
      body: bundleBody(files),
      headers: BUNDLE_HEADERS,
    });
    return body.results.map(({ file, error }) => file?.version ?? error?.code);
  };

  test('refuses its own entry alone, and what is refused takes no room', async () => {
    await using api = await startTestApi();
    const { token, userId } = await api.register();
    const first = [
      { path: 'a', content: 'a1', ifVersion: 0 },
      { path: 'b', content: 'b1', ifVersion: 1 },
      { path: 'c', content: 'c1' },
    ];
    expect(await send(api, token, first)).toEqual([1, 'version_mismatch', 1]);
    // A repetition of what went through is fine, and so is the rest of it.
    expect(await send(api, token, first)).toEqual([1, 'version_mismatch', 1]);
    const second = [
      { path: 'a', content: 'a2', ifVersion: 1 },
      { path: 'c', content: 'c2', ifVersion: 0 },
    ];
    expect(await send(api, token, second)).toEqual([2, 'version_mismatch']);
    const [row] = await api.sql('SELECT used_bytes::int AS used FROM users WHERE id = $1', [userId]);
    expect(row).toEqual({ used: 6 });
    expect(await api.sql('SELECT count(*)::int AS count FROM blobs', [])).toEqual([{ count: 3 }]);
  });

  test('counts what entries before it do to the same path', async () => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const files = [
      { path: 'a', content: '1', ifVersion: 0 },
      { path: 'a', content: '2', ifVersion: 0 },
      { path: 'a', content: '3', ifVersion: 1 },
    ];
    expect((await send(api, token, files)).slice(1)).toEqual(['version_mismatch', 2]);
  });

  test('of many at once one writes, and the others are told entry by entry', async () => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        send(api, token, [
          { path: 'own', content: `${index}` },
          { path: 'shared', content: `of ${index}`, ifVersion: 0 },
        ]),
      ),
    );
    expect(outcomes.filter(([, shared]) => shared === 1)).toHaveLength(1);
    expect(outcomes.filter(([, shared]) => shared === 'version_mismatch')).toHaveLength(7);
    for (const [own] of outcomes) expect(own).toEqual(expect.any(Number));
  });
});
