import { expect, test } from 'vitest';
import { share, withFile } from '../support/shares.ts';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

const REASON = 'The stored bytes have another sha256';

/** As the worker does when it finds that the bytes are not what was declared. */
async function failContent(api: TestApi, path: string): Promise<void> {
  await api.sql(
    `UPDATE blobs SET status = 'failed', failure = $2, verified_at = NULL
     FROM file_versions v JOIN files f ON f.current_version_id = v.id WHERE v.blob_id = blobs.id AND f.path = $1`,
    [path, REASON],
  );
}

test('failed files are listed with their reason, page by page, and only those', async () => {
  await using api = await startTestApi();
  const [{ token }, stranger] = [await api.register(), await api.register()];
  for (const path of ['a', 'b', 'c', 'd']) await api.upload(token, path, `content of ${path}`);
  await api.upload(stranger.token, 'theirs', 'content');
  for (const path of ['b', 'd', 'theirs']) await failContent(api, path);

  const first = await api.request('GET', '/files?status=failed&limit=1', { token });
  expect(first.body.items).toMatchObject([{ path: 'b', status: 'failed', failure: REASON }]);
  const second = await api.request('GET', `/files?status=failed&limit=1&cursor=${first.body.nextCursor}`, {
    token,
  });
  expect(second.body).toMatchObject({ items: [{ path: 'd' }], nextCursor: null });
  const stored = await api.request('GET', '/files?status=stored', { token });
  expect(stored.body.items).toMatchObject([
    { path: 'a', failure: null },
    { path: 'c', failure: null },
  ]);
  expect((await api.request('GET', '/files?status=odd', { token })).status).toBe(400);
});

test('who asks for its content is told the reason, and a visitor nothing of the server', async () => {
  await using api = await startTestApi();
  const { token, id } = await withFile(api);
  const { url } = await share(api, token, { fileId: id });
  await api.sql("UPDATE blobs SET status = 'failed', failure = 'Its object is missing in the store'", []);
  const { status, body } = await api.request('GET', `/files/${id}/content`, { token });
  expect([status, body]).toEqual([
    409,
    {
      code: 'content_failed',
      message: 'This content can not be served: Its object is missing in the store. Upload the file again',
    },
  ]);
  const visited = await api.request('GET', `${url}/content`);
  expect([visited.status, visited.text]).toEqual([409, expect.stringContaining('can not be served')]);
  expect(visited.text).not.toContain('object');
});

test('a failed file is retried; one that has not failed stays as it is', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const { file } = (await api.upload(token, 'a', 'content')).body;
  expect((await api.request('POST', `/files/${file.id}/retry`, { token, json: {} })).body).toEqual(file);
  await failContent(api, 'a');
  const retried = await api.request('POST', `/files/${file.id}/retry`, { token, json: {} });
  expect(retried.body).toMatchObject({ id: file.id, status: 'stored', failure: null });
  const asked = `SELECT jsonb_array_elements_text(data -> 'blobIds') AS id FROM bullmq.job
    WHERE queue = 'compress-blobs'`;
  // Once when it was uploaded, and once now.
  await expect.poll(() => api.sql(asked, []), { timeout: 5000 }).toHaveLength(2);
});

test('content that failed is not taken for known: sent again it is stored anew', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const { file } = (await api.upload(token, 'a', 'content')).body;
  await failContent(api, 'a');
  const created = await api.request('POST', '/uploads', {
    token,
    json: { path: 'a', sizeBytes: 7, sha256: sha256Of('content') },
  });
  expect(created.body.upload).toBeDefined();
  const again = await api.upload(token, 'a', 'content');
  expect(again.body.file).toMatchObject({ id: file.id, version: 2, status: 'stored', failure: null });
  const download = await api.request('GET', `/files/${file.id}/content`, { token });
  expect(download.text).toBe('content');
});
