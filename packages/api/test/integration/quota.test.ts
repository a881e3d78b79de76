import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { bookedBytes, setQuota } from '../support/booked-bytes.ts';
import { BUNDLE_HEADERS, bundleBody } from '../support/bundle-body.ts';
import { type Answer, sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

test('S7: of fifty creates at once as many pass as there is room for, and then the numbers add up', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  await setQuota(api, userId, 100);
  // Two of them hold the same content.
  const contents = Array.from({ length: 50 }, (_, index) => `content ${index % 2 === 0 ? '00' : index + 10}`);
  const created = await Promise.all(
    contents.map((_, index) =>
      api.request('POST', '/uploads', { token, json: { path: `f${index}`, sizeBytes: 10 } }),
    ),
  );
  const passed = created.flatMap(({ status, body }, index) =>
    status === 200 ? [{ ...body.upload, content: contents[index] ?? '' }] : [],
  );
  expect(passed).toHaveLength(10);
  expect(new Set(created.map(({ body }) => body.code))).toEqual(new Set([undefined, 'quota_exceeded']));
  expect(await bookedBytes(api, userId)).toEqual({ booked: 100, content: 0, reserved: 100 });
  // Those that were refused have left no session.
  const files = await readdir(api.dataDir, { recursive: true });
  expect(files.filter((name) => name.endsWith('.part'))).toHaveLength(10);

  // Completed, cancelled, refused and left open, all at once; some asked for twice.
  const results = await Promise.all(
    passed.map(async ({ id, url, content }, index) => {
      if (index === 9) return 'open';
      const cancel = () => api.request('DELETE', `/uploads/${id}`, { token });
      if (index >= 7) return Promise.all([cancel(), cancel()]);
      await api.request('PUT', url, { body: content });
      const sha256 = sha256Of(index === 6 ? 'other' : content);
      const complete = () => api.request('POST', `/uploads/${id}/complete`, { token, json: { sha256 } });
      return Promise.all([complete(), complete()]);
    }),
  );
  expect(results).toHaveLength(10);
  const stored = new Set(passed.slice(0, 6).map(({ content }) => content)).size * 10;
  expect(await bookedBytes(api, userId)).toEqual({ booked: stored + 10, content: stored, reserved: 10 });

  const usage = await api.request('GET', '/usage', { token });
  expect(JSON.parse(usage.text)).toMatchObject({
    files: 6,
    quota: { usedBytes: stored + 10, limitBytes: 100 },
  });
});

/** The three ways for a file to come in, each in as many requests as it takes. */
const WAYS: readonly ((
  api: TestApi,
  token: string,
  file: { path: string; content: string },
) => Promise<Answer>)[] = [
  (api, token, { path, content }) => api.upload(token, path, content),
  (api, token, file) =>
    api.request('POST', '/bundles', { token, body: bundleBody([file]), headers: BUNDLE_HEADERS }),
  (api, token, { path, content }) => {
    const body = new FormData();
    body.append('file', new Blob([content]), path);
    return api.request('POST', '/upload_files', { token, body });
  },
];

test('S7: of fifty whole uploads at once, by all three ways and through two apis, none goes beyond the quota', async () => {
  await using api = await startTestApi();
  await using other = await startTestApi({
    DATABASE_URL: api.databaseUrl,
    INSTASHARE_DATA_DIR: api.dataDir,
  });
  const { token, userId } = await api.register();
  const roomFor = 12;
  await setQuota(api, userId, roomFor * 10);
  // Every fifth content comes by each of the ways.
  const files = Array.from({ length: 50 }, (_, index) => ({
    path: `f${index}`,
    content: `content ${index % 5 === 0 ? '00' : index + 10}`,
  }));
  const answers = await Promise.all(
    files.map((file, index) =>
      (WAYS[index % WAYS.length] ?? expect.fail())(index % 2 === 0 ? api : other, token, file),
    ),
  );
  const refused = answers.filter(({ status }) => status !== 200);
  expect(new Set(refused.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
    new Set(['413 quota_exceeded']),
  );
  const listed = await api.request('GET', '/files?limit=100', { token });
  const stored = new Set(listed.body.items.map(({ sha256 }) => sha256));
  // What was only reserved for a while may have kept others out, but nothing that was acknowledged is missing.
  expect(listed.body.items.map(({ path }) => path).toSorted()).toEqual(
    files
      .filter((_, index) => answers[index]?.status === 200)
      .map(({ path }) => path)
      .toSorted(),
  );
  expect(stored.size).toBeGreaterThan(0);
  expect(stored.size).toBeLessThanOrEqual(roomFor);
  const held = stored.size * 10;
  expect(await bookedBytes(api, userId)).toEqual({ booked: held, content: held, reserved: 0 });

  // And there is room for just as much as it says.
  for (let room = roomFor - stored.size; room > 0; room -= 1) {
    const more = await api.upload(token, `more ${room}`, `content ${-room}`.padEnd(10, '.'));
    expect(more.status).toBe(200);
  }
  expect((await api.upload(token, 'too much', 'x')).body.code).toBe('quota_exceeded');
});

test('a new account has the quota that is configured, and a body that overruns it is cut off there', async () => {
  await using api = await startTestApi({ USER_QUOTA_BYTES: '1000000' });
  const { token, userId } = await api.register();
  const form = new FormData();
  form.append('file', new Blob(['x'.repeat(30_000_000)]), 'large');
  const refused = await api.request('POST', '/upload_files', { token, body: form });
  expect([refused.status, refused.body.code]).toEqual([413, 'quota_exceeded']);
  expect(await bookedBytes(api, userId)).toEqual({ booked: 0, content: 0, reserved: 0 });
  expect((await api.upload(token, 'fits', 'x'.repeat(1_000_000))).status).toBe(200);
  expect((await api.upload(token, 'more', 'y')).body.code).toBe('quota_exceeded');
});

test('S7: what was reserved is promised: a quota that is lowered meanwhile stops what comes after', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  await setQuota(api, userId, 100);
  const json = { path: 'begun', sizeBytes: 60, sha256: sha256Of('b'.repeat(60)) };
  const { upload } = (await api.request('POST', '/uploads', { token, json })).body;
  await setQuota(api, userId, 10);
  await api.request('PUT', upload.url, { body: 'b'.repeat(60) });
  expect((await api.request('POST', `/uploads/${upload.id}/complete`, { token, json: {} })).status).toBe(200);
  expect(await bookedBytes(api, userId)).toEqual({ booked: 60, content: 60, reserved: 0 });
  for (const way of WAYS) {
    expect((await way(api, token, { path: 'late', content: 'late' })).body.code).toBe('quota_exceeded');
  }
  expect(await bookedBytes(api, userId)).toEqual({ booked: 60, content: 60, reserved: 0 });
});

test('S7: what takes no room is let in where the quota is below what is held by now, and nothing else', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const held = { path: 'held', content: 'content 01' };
  await api.upload(token, held.path, held.content);
  await setQuota(api, userId, 5);
  for (const [index, way] of WAYS.entries()) {
    const empty = await way(api, token, { path: `empty ${index}`, content: '' });
    expect([index, empty.status, empty.text]).toEqual([index, 200, expect.stringContaining('"sizeBytes":0')]);
    const more = await way(api, token, { path: `more ${index}`, content: 'x' });
    expect([more.status, more.body.code]).toEqual([413, 'quota_exceeded']);
  }
  // More than 32 bits hold.
  const json = { path: 'large', sizeBytes: 2 ** 33 };
  expect((await api.request('POST', '/uploads', { token, json })).body.code).toBe('quota_exceeded');
  const body = bundleBody([{ ...held, path: 'linked', linkOnly: true }]);
  const linked = await api.request('POST', '/bundles', { token, body, headers: BUNDLE_HEADERS });
  expect(linked.body.results).toMatchObject([{ file: { path: 'linked', sizeBytes: 10 } }]);
  expect(await bookedBytes(api, userId)).toEqual({ booked: 10, content: 10, reserved: 0 });
});

test('the quota counts each content once: links, old versions and the trash among them', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  await setQuota(api, userId, 25);
  const one = (await api.upload(token, 'a', 'content 01')).body.file;
  await api.upload(token, 'a', 'content 02');
  const known = await api.request('POST', '/uploads', {
    token,
    json: { path: 'b', sizeBytes: 10, sha256: sha256Of('content 01') },
  });
  expect(known.body.alreadyStored).toBe(true);
  await api.request('POST', `/files/${one.id}/restore`, { token, json: { version: 1 } });
  await api.request('POST', `/files/${one.id}/move`, { token, json: { path: 'c' } });
  await api.request('DELETE', `/files/${one.id}`, { token });
  const full = await api.upload(token, 'd', 'content 03');
  expect([full.status, full.body.code]).toEqual([413, 'quota_exceeded']);
  const form = new FormData();
  form.append('file', new Blob(['content 04']), 'e');
  const whole = await api.request('POST', '/upload_files', { token, body: form });
  expect([whole.status, whole.body.code]).toEqual([413, 'quota_exceeded']);
  expect(await bookedBytes(api, userId)).toEqual({ booked: 20, content: 20, reserved: 0 });

  const usage = await api.request('GET', '/usage', { token });
  expect(JSON.parse(usage.text)).toMatchObject({
    files: 1,
    sizeBytes: 10,
    trash: { files: 1, sizeBytes: 10 },
    quota: { usedBytes: 20, limitBytes: 25 },
  });
});
