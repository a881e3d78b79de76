import { expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const NOBODY = '0198c000-0000-7000-8000-000000000000';
const input = (value: unknown): string => encodeURIComponent(JSON.stringify(value));

/** Of each kind of answer one, by calls that find the same when they are sent again. */
const CALLS: readonly (readonly [string, string, unknown?])[] = [
  ['GET', 'usage.get'],
  ['GET', `files.list?input=${input({ limit: 1 })}`],
  ['GET', `files.list?input=${input({ limit: 0 })}`],
  ['GET', 'files.list?input=%7B'],
  ['GET', `files.get?input=${input({ id: NOBODY })}`],
  ['GET', 'files.get'],
  ['GET', `users.me,files.list?batch=1&input=${input({ 1: { limit: 2 } })}`],
  ['GET', `users.me,files.get?batch=1&input=${input({ 1: { id: NOBODY } })}`],
  ['GET', `files.get,files.get?batch=1&input=${input({ 0: { id: NOBODY }, 1: { id: NOBODY } })}`],
  ['GET', 'users.me?batch=1'],
  ['GET', 'users.me?batch=1&input=%5B%5D'],
  ['GET', 'nothing'],
  ['GET', 'trash.empty'],
  ['POST', 'usage.get', {}],
  ['POST', 'trash.empty', {}],
  ['POST', 'trash.empty'],
  ['POST', 'uploads.create', { path: '../a', sizeBytes: -1 }],
  ['POST', 'uploads.create', { path: 'a', sizeBytes: 6 }],
  ['POST', 'files.delete', { id: NOBODY }],
  ['POST', 'files.delete,trash.empty?batch=1', { 0: { id: NOBODY }, 1: {} }],
  ['POST', 'users.login', { email: 'user1@example.org', password: 'another one' }],
];

type Request = Parameters<TestApi['request']>;

async function answerTo(api: TestApi, ...request: Request) {
  const { status, headers, text } = await api.request(...request);
  const { date: _date, 'x-request-id': _id, ...compared } = Object.fromEntries(headers);
  return { status, headers: compared, text };
}

const HEADERS = {
  'content-type': expect.stringMatching(/^application\/json\b/) as unknown,
  vary: 'Origin, trpc-accept, accept',
};

test.each([true, false])('calls are answered as tRPC itself answers them (logged in: %s)', async (isUser) => {
  await using api = await startTestApi({
    USER_QUOTA_BYTES: '5',
    CORS_ORIGINS: 'https://a.example, https://b.example',
  });
  const { token } = await api.register();
  await api.upload(token, 'a', 'A');
  // The first use of a session is noted, and shown.
  await api.request('GET', '/files', { token });
  for (const [method, call, json] of CALLS) {
    const options = {
      ...(isUser ? { token } : {}),
      ...(json === undefined ? {} : { json }),
      headers: { origin: 'https://a.example' },
    };
    const address = `/trpc/${call}`;
    // A parameter that is not ours: then tRPC answers.
    const others = `${address}${address.includes('?') ? '&' : '?'}other=1`;
    const plain = await answerTo(api, method, address, options);
    const { text, ...head } = await answerTo(api, method, others, options);
    expect([call, plain]).toEqual([call, { ...head, text }]);
    expect([call, plain.headers]).toMatchObject([call, HEADERS]);
  }
  const stream = await fetch(`${api.url}/trpc/usage.get?batch=1`, {
    headers: { origin: 'https://a.example', 'trpc-accept': 'application/jsonl' },
  });
  await stream.text();
  expect(Object.fromEntries(stream.headers)).toMatchObject({ ...HEADERS, 'transfer-encoding': 'chunked' });
});
