import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type AnswerBody, sha256Of, startTestApi } from '../support/test-api.ts';

const BODY_MAY_TAKE_MS = 300;

const startImpatientApi = () => startTestApi({}, { bodyMayTakeMs: BODY_MAY_TAKE_MS });

/** Sends the first text, and each other one a while later. Gives all that comes back until the connection ends. */
async function exchange(url: string, [head, ...later]: readonly [string, ...string[]]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const answered = text(socket);
  socket.write(head.replaceAll(/\r?\n/g, '\r\n'));
  for (const part of later) {
    await delay(2 * BODY_MAY_TAKE_MS);
    socket.write(part);
  }
  const answer = await answered;
  socket.destroy();
  return answer;
}

function codeIn(answer: string): string | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test asserts what it reads of it
  const body = JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as AnswerBody;
  return body.code;
}

test('a body of JSON or of a form that does not come to its end in time is refused, and its connection ends', async () => {
  await using api = await startImpatientApi();
  const send = (route: string, type: string) =>
    exchange(api.url, [
      `POST ${route} HTTP/1.1\nHost: here\nContent-Type: ${type}\nContent-Length: 100\nConnection: close\n\n{`,
    ]);
  const [rest, trpc, form] = await Promise.all([
    send('/users/login', 'application/json'),
    send('/trpc/users.login', 'application/json'),
    send('/s/none', 'application/x-www-form-urlencoded'),
  ]);
  expect(rest).toMatch(/^HTTP\/1\.1 408 /);
  expect(trpc).toMatch(/^HTTP\/1\.1 408 /);
  expect(form).toMatch(/^HTTP\/1\.1 408 /);
  expect([codeIn(rest), codeIn(trpc)]).toEqual(['request_timeout', 'request_timeout']);
});

test('the bytes of files may take as long as they do', async () => {
  await using api = await startImpatientApi();
  const { token } = await api.register();
  const authorization = `Authorization: Bearer ${token}`;
  const { upload } = (
    await api.request('POST', '/uploads', {
      token,
      json: { path: 'a.txt', sizeBytes: 2, sha256: sha256Of('ab') },
    })
  ).body;
  const address = new URL(upload.url);
  const put = await exchange(api.url, [
    `PUT ${address.pathname}${address.search} HTTP/1.1\nHost: here\nContent-Length: 2\nConnection: close\n\na`,
    'b',
  ]);
  expect(put).toMatch(/^HTTP\/1\.1 200 /);

  const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="b.txt"\r\n\r\na';
  const end = 'b\r\n--x--\r\n';
  const form = await exchange(api.url, [
    `POST /upload_files HTTP/1.1\nHost: here\n${authorization}\nContent-Type: multipart/form-data; boundary=x\n` +
      `Content-Length: ${part.length + end.length}\nConnection: close\n\n${part}`,
    end,
  ]);
  expect(form).toMatch(/^HTTP\/1\.1 200 /);
}, 15_000);

test('a body that came whole is not refused while its request is worked on', async () => {
  await using api = await startImpatientApi();
  const { token } = await api.register();
  const { cursor } = (await api.request('GET', '/changes?waitSeconds=0', { token })).body;
  const waited = await api.request('GET', `/changes?cursor=${cursor}&waitSeconds=1`, { token });
  expect(waited.status).toBe(200);
  expect((await api.request('POST', '/users/login', { json: { email: 'x', password: 'y' } })).status).toBe(
    400,
  );
});

test.each([
  ['garbage', 'GARBAGE\n\n', 400, 'invalid_input'],
  ['headers that are too large', `GET / HTTP/1.1\nX: ${'x'.repeat(20_000)}\n\n`, 431, 'headers_too_large'],
] as const)('%s: what is no request is answered as everything else is', async (...[, sent, status, code]) => {
  await using api = await startImpatientApi();
  const answer = await exchange(api.url, [sent]);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer.toLowerCase()).toMatch(/x-request-id: [0-9a-f-]{36}\r\n/);
  expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff\r\n');
  expect(codeIn(answer)).toBe(code);
});

test('nothing is said into an answer that has begun', async () => {
  await using api = await startImpatientApi();
  const { token } = await api.register();
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  const ended = once(socket, 'close');
  socket.on('error', () => {});
  socket.write(`GET /events HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await expect.poll(() => answer).toMatch(/text\/event-stream/);
  socket.write('GARBAGE\r\n\r\n');
  await ended;
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
});
