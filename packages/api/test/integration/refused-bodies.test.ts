import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { collectGarbage } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { BUNDLE_HEADERS, framed } from '../support/bundle-body.ts';
import { startTestApi } from '../support/test-api.ts';

const MEBIBYTE = 1024 * 1024;

interface Refusal {
  readonly status: number | undefined;
  readonly code: unknown;
  /** Of the connection. */
  readonly localPort: number | undefined;
}

/** Sends all of a body, whatever comes back meanwhile, over the one connection of an agent. */
function post(url: string, { token, agent, body }: { token: string; agent: Agent; body: Buffer }) {
  return new Promise<Refusal>((resolve, reject) => {
    const headers = { ...BUNDLE_HEADERS, authorization: `Bearer ${token}`, 'content-length': body.length };
    const sending = request(`${url}/bundles`, { method: 'POST', agent, headers }, (response) => {
      json(response).then((answer) => {
        const code: unknown =
          typeof answer === 'object' && answer !== null && 'code' in answer && answer.code;
        resolve({ status: response.statusCode, code, localPort: sending.socket?.localPort });
      }, reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

test('a bundle that is refused in the middle is read to its end, and the connection lives on', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  using agent = {
    http: new Agent({ keepAlive: true, maxSockets: 1 }),
    [Symbol.dispose]: () => agent.http.destroy(),
  };
  const body = framed('{', [Buffer.alloc(16 * MEBIBYTE)]);
  const send = () => post(api.url, { token, agent: agent.http, body });
  const first = await send();
  expect(first).toMatchObject({ status: 400, code: 'invalid_input' });
  expect(await send()).toEqual(first);
}, 8000);

test.each([
  ['DELETE', '/files/01890a5d-ac96-774b-bcce-b302099a8057', 'application/octet-stream'],
  ['POST', '/uploads', 'application/jsonl'],
])(
  '%s %s: of a body of a type that nobody reads, nothing is kept',
  async (method, path, type) => {
    await using api = await startTestApi();
    const headers = { 'content-type': type, 'content-length': 60 * MEBIBYTE };
    const sending = request(`${api.url}${path}`, { method, headers });
    sending.on('error', () => {});
    const chunk = Buffer.alloc(MEBIBYTE);
    const before = collectedBytes();
    const statuses: unknown[] = [];
    const answered = once(
      sending.on('response', ({ statusCode }) => statuses.push(statusCode)),
      'response',
    );
    for (let sent = 0; sent < 50; sent += 1) {
      await new Promise<unknown>((resolve) => {
        sending.write(chunk, resolve);
      });
    }
    await answered;
    expect(statuses).toEqual([401]);
    // What is garbage is counted until it was swept, in threads of their own.
    await expect.poll(() => collectedBytes() - before, { timeout: 5000 }).toBeLessThan(10 * MEBIBYTE);
    sending.destroy();
  },
  15_000,
);

/** What buffers take, without those that are garbage. */
function collectedBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}
