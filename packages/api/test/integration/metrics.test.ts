import { figuresOf, readFigures } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { BUNDLE_HEADERS, bundleBody } from '../support/bundle-body.ts';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

const startWatchedApi = (environment: Record<string, string> = {}) =>
  startTestApi({ API_METRICS_PORT: '0', ...environment });

/** New contents, and one that is known, by each way that files come. */
async function uploadByEveryWay(api: TestApi, token: string): Promise<void> {
  await api.upload(token, 'one.txt', '1'.repeat(1000));
  await api.upload(token, 'two.txt', '2'.repeat(200));
  const sha256 = sha256Of('2'.repeat(200));
  await api.request('POST', '/uploads', { token, json: { path: 'again.txt', sizeBytes: 200, sha256 } });
  const form = new FormData();
  for (const name of ['a', 'b', 'c']) form.append('file', new Blob([name.repeat(30)]), `${name}.txt`);
  form.append('file', new Blob(['a'.repeat(30)]), 'same.txt');
  await api.request('POST', '/upload_files', { token, body: form });
  const bundle = ['d', 'e', 'd'].map((content, index) => ({ path: `bundle/${index}`, content }));
  await api.request('POST', '/bundles', { token, body: bundleBody(bundle), headers: BUNDLE_HEADERS });
}

test('what was uploaded, asked for and is waiting is in the figures, exactly', async () => {
  await using api = await startWatchedApi();
  const { token } = await api.register();
  await uploadByEveryWay(api, token);
  const { id } = (await api.upload(token, 'three.txt', '3')).body.file;
  await api.request('GET', `/files/${id}`, { token });
  await api.request('GET', `/FILES/${id}/`, { token });
  await api.request('GET', `/files/${id}/content`, { token });
  await api.request('GET', '/files/00000000-0000-7000-8000-000000000000', { token });
  await api.request('GET', '/trpc/users.me', { token });
  await api.request('GET', '/trpc/users.me,files.list?batch=1&input={}', { token });
  for (const nowhere of ['/wp-login.php', '/trpc/no.such', '/files/a/b/c/d'])
    await api.request('GET', nowhere, { token });

  const figures = await readFigures(api.metricsUrl);
  expect(figuresOf(figures, 'instashare_uploads_total')).toEqual({
    'way=session,content=new': 3,
    'way=session,content=known': 1,
    'way=form,content=new': 3,
    'way=form,content=known': 1,
    'way=bundle,content=new': 2,
    'way=bundle,content=known': 1,
  });
  expect(figuresOf(figures, 'instashare_uploaded_bytes_total')).toEqual({
    'way=session': 1201,
    'way=form': 90,
    'way=bundle': 2,
  });
  expect(figuresOf(figures, 'instashare_http_request_duration_seconds_count')).toEqual({
    'method=POST,route=/users/register,status=200': 1,
    'method=POST,route=/uploads,status=200': 4,
    'method=PUT,route=/storage/uploads/{uploadId},status=200': 3,
    'method=POST,route=/uploads/{id}/complete,status=200': 3,
    'method=POST,route=/upload_files,status=200': 1,
    'method=POST,route=/bundles,status=200': 1,
    'method=GET,route=/files/{id},status=200': 2,
    'method=GET,route=/files/{id},status=404': 1,
    'method=GET,route=/files/{id}/content,status=200': 1,
    'method=GET,route=/trpc/users.me,status=200': 1,
    'method=GET,route=/trpc/{batch},status=207': 1,
    'method=GET,route=none,status=404': 3,
  });
  expect(figures.get('instashare_http_requests_in_progress')).toBe(0);
  expect(figures.get('instashare_queue_jobs{queue="compress-blobs",state="waiting"}')).toBeGreaterThan(0);
  const age = figures.get('instashare_queue_oldest_waiting_seconds{queue="compress-blobs"}');
  expect(age).toBeGreaterThan(0);
  expect(age).toBeLessThan(60);
  expect(figures.get('instashare_store_operation_duration_seconds_count{operation="put"}')).toBe(5);
  expect(figures.get('instashare_database_query_duration_seconds_count{statement="commit"}')).toBeGreaterThan(
    5,
  );
  expect(figures.get('instashare_database_pool_connections{state="waiting"}')).toBe(0);
  expect(figures.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  expect(figures.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
});

test('a client that goes away in the middle of an upload counts as such', async () => {
  await using api = await startWatchedApi();
  const { token } = await api.register();
  const created = await api.request('POST', '/uploads', { token, json: { path: 'big', sizeBytes: 1e6 } });
  const stop = new AbortController();
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1000)) });
  const { signal } = stop;
  const sent = fetch(created.body.upload.url, { method: 'PUT', body, duplex: 'half', signal });
  const inProgress = async () =>
    (await readFigures(api.metricsUrl)).get('instashare_http_requests_in_progress');
  await expect.poll(inProgress).toBe(1);
  stop.abort();
  await expect(sent).rejects.toThrow('aborted');
  const name = 'instashare_http_request_duration_seconds_count';
  await expect
    .poll(async () => figuresOf(await readFigures(api.metricsUrl), name))
    .toMatchObject({ 'method=PUT,route=/storage/uploads/{uploadId},status=499': 1 });
  expect(await inProgress()).toBe(0);
});

test('figures are at a port of their own, for whoever has the token', async () => {
  await using api = await startWatchedApi({ METRICS_TOKEN: 'sixteen letters!' });
  const { token } = await api.register();
  expect((await api.request('GET', '/metrics', { token })).status).toBe(404);
  const refused = await fetch(api.metricsUrl, {
    headers: { authorization: 'Bearer sixteen letters?' },
  });
  expect([refused.status, JSON.parse(await refused.text())]).toEqual([
    401,
    { code: 'unauthenticated', message: 'Send METRICS_TOKEN as "Authorization: Bearer …"' },
  ]);
  const figures = await readFigures(api.metricsUrl, { authorization: 'Bearer sixteen letters!' });
  expect(figures.size).toBeGreaterThan(50);
  const answers = await Promise.all(
    ['/healthz', '/readyz', '/files'].map(async (path) => {
      const response = await fetch(new URL(path, api.metricsUrl));
      const body: unknown = JSON.parse(await response.text());
      return [response.status, body];
    }),
  );
  expect(answers).toEqual([
    [200, { status: 'ok' }],
    [200, { status: 'ok', database: 'ok', queue: 'ok', objects: 'ok' }],
    [404, { code: 'not_found', message: 'Here are GET /healthz, /readyz and /metrics, and nothing else' }],
  ]);
  expect((await fetch(api.metricsUrl, { method: 'POST' })).status).toBe(404);
});

test('says which variable when the port is taken', async () => {
  await using api = await startWatchedApi();
  await expect(startTestApi({ API_METRICS_PORT: new URL(api.metricsUrl).port })).rejects.toThrow(
    /127\.0\.0\.1:\d+ \(METRICS_HOST, API_METRICS_PORT\) is taken/,
  );
});
