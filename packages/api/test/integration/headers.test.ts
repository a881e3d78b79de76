import { expect, test } from 'vitest';
import { startTestApi } from '../support/test-api.ts';

/** What helmet sets, and we rely on. */
const PROTECTION = {
  'content-security-policy':
    "default-src 'none';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

const protectionOf = (headers: Headers) =>
  Object.fromEntries(Object.keys(PROTECTION).map((name) => [name, headers.get(name)]));

test('every answer has them, a failure too, and none tells what it was made with', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const answers = [
    await api.request('GET', '/healthz'),
    await api.request('GET', '/files', { token }),
    await api.request('GET', '/files'),
    await api.request('GET', '/nothing/here'),
    await api.request('GET', '/files/%ff', { token }),
    await api.request('POST', '/users/login', { headers: { 'content-type': 'application/json' }, body: '{' }),
    await api.request('GET', '/trpc/users.me', { token }),
    await api.request('GET', '/account/export', { token }),
  ];
  for (const { headers } of answers) {
    expect(protectionOf(headers)).toEqual(PROTECTION);
    expect([headers.get('x-powered-by'), headers.get('server')]).toEqual([null, null]);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test.each(['page.html', 'image.svg', 'feed.xml', 'paper.pdf'])(
  'S8: an uploaded %s never runs in our origin, however it is asked for',
  async (path) => {
    await using api = await startTestApi();
    const { token } = await api.register();
    const { id } = (await api.upload(token, path, '<script>alert(1)</script>')).body.file;
    for (const query of ['', '?disposition=inline', '?disposition=attachment']) {
      const { headers } = await api.request('GET', `/files/${id}/content${query}`, { token });
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
      expect({ ...protectionOf(headers) }).toEqual({
        ...PROTECTION,
        'content-security-policy': "default-src 'none'; sandbox",
      });
    }
  },
);

test('a request keeps the id that it brings, and gets one of ours when that is none', async () => {
  await using api = await startTestApi();
  const idOf = async (path: string, given: string) =>
    (await api.request('GET', path, { headers: { 'x-request-id': given } })).headers.get('x-request-id');
  for (const path of ['/healthz', '/files', '/trpc/users.me', '/s/none', '/files/%ff']) {
    expect([path, await idOf(path, 'mine:1')]).toEqual([path, 'mine:1']);
    expect(await idOf(path, 'not mine')).toMatch(/^[0-9a-f-]{36}$/);
  }
});
