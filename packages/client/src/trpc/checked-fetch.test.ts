import { expect, test } from 'vitest';
import { type CallFetch, checkedFetch } from './checked-fetch.ts';

const answering =
  (status: number, contentType: string, body: string): CallFetch =>
  () =>
    Promise.resolve(new Response(body, { status, headers: { 'content-type': contentType } }));

const call = (callFetch: CallFetch, signal?: AbortSignal) =>
  checkedFetch(callFetch)('http://files.test/trpc/users.me', { signal });

test('JSON is passed on, whatever its status: the links read it', async () => {
  const response = await call(answering(401, 'application/json; charset=utf-8', '{"a":1}'));
  expect([response.status, await response.json()]).toEqual([401, { a: 1 }]);
});

test.each([
  ['a text', 'http://files.test/trpc/users.me?input=url'],
  ['a URL', new URL('http://files.test/trpc/users.me?input=url')],
  ['a Request', new Request('http://files.test/trpc/users.me?input=url')],
])('%s is asked at its address', async (_, input) => {
  const asked: string[] = [];
  const fetch = checkedFetch((url, init) => {
    asked.push(url.href);
    return answering(200, 'application/json', '{}')(url, init);
  });
  await fetch(input);
  expect(asked).toEqual(['http://files.test/trpc/users.me?input=url']);
});

test("C19: a proxy's error page is no syntax error", async () => {
  const asked = call(answering(502, 'text/html', '<html>Bad Gateway</html>'));
  await expect(asked).rejects.toMatchObject({ code: 'unavailable', status: 502 });
});

test("C19: a log-in page of somebody's network is told from a server of ours", async () => {
  const asked = call(answering(200, 'text/html', '<html>Welcome to the hotel</html>'));
  await expect(asked).rejects.toMatchObject({ code: 'bad_response' });
});

test('the innermost cause is what a person reads', async () => {
  const cause = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') });
  await expect(call(() => Promise.reject(cause))).rejects.toMatchObject({
    code: 'network',
    message: "Can't reach http://files.test: connect ECONNREFUSED 127.0.0.1:1",
  });
});

test("the caller's abort stays an abort", async () => {
  const signal = AbortSignal.abort();
  const reason = new DOMException('stop', 'AbortError');
  await expect(call(() => Promise.reject(reason), signal)).rejects.toBe(reason);
});
