import { expect, test } from 'vitest';
import { startTestApi } from '../support/test-api.ts';

const APP = 'https://app.example.org';
const PREFLIGHT = {
  'access-control-request-method': 'PUT',
  'access-control-request-headers': 'authorization,idempotency-key',
};

const allowedTo = (headers: Headers) => headers.get('access-control-allow-origin');

test('without configuration no page of another origin is let in', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const asked = await api.request('OPTIONS', '/files', { headers: { origin: APP, ...PREFLIGHT } });
  expect([asked.status, allowedTo(asked.headers)]).toEqual([404, null]);
  const answer = await api.request('GET', '/files', { token, headers: { origin: APP } });
  expect([answer.status, allowedTo(answer.headers)]).toEqual([200, null]);
});

test('a page of a configured origin may ask, before its log-in is looked at, and read the headers it needs', async () => {
  await using api = await startTestApi({ CORS_ORIGINS: `${APP}, http://localhost:5173` });
  const { token } = await api.register();
  for (const path of ['/files', '/uploads', '/trpc/files.list', '/storage/uploads/x', '/events']) {
    const asked = await api.request('OPTIONS', path, { headers: { origin: APP, ...PREFLIGHT } });
    expect([path, asked.status, allowedTo(asked.headers)]).toEqual([path, 204, APP]);
    expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(asked.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
  }
  const answers = [
    await api.request('GET', '/files', { token, headers: { origin: APP } }),
    await api.request('GET', '/files', { headers: { origin: APP } }),
    await api.request('GET', '/nothing', { headers: { origin: APP } }),
  ];
  expect(answers.map(({ status, headers }) => [status, allowedTo(headers)])).toEqual([
    [200, APP],
    [401, APP],
    [404, APP],
  ]);
  const exposed = answers[0]?.headers.get('access-control-expose-headers') ?? '';
  for (const name of [
    'ETag',
    'Retry-After',
    'X-Request-Id',
    'Content-Range',
    'Range',
    'Content-Disposition',
  ]) {
    expect(exposed.split(', ')).toContain(name);
  }
  expect(answers[0]?.headers.get('vary')).toContain('Origin');
});

test('another origin is not let in, and no server is told by a preflight what there is', async () => {
  await using api = await startTestApi({ CORS_ORIGINS: APP });
  for (const origin of ['https://evil.example.org', `${APP}.evil.org`, 'null', `${APP}:444`]) {
    const asked = await api.request('OPTIONS', '/files', { headers: { origin, ...PREFLIGHT } });
    expect(allowedTo(asked.headers)).not.toBe(origin);
    const answer = await api.request('GET', '/files', { headers: { origin } });
    expect([answer.status, allowedTo(answer.headers)]).toEqual([401, null]);
  }
});
