/** What goes wrong on the way is an InstashareError like any other, in browsers (`fetch`) and in Node. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { createMemoryAuthStore, createInstashareClient as createWebClient } from '@instashare/client';
import { createInstashareClient as createNodeClient } from '@instashare/client/node';
import { describe, expect, test } from 'vitest';
import { startTestApi } from '../support/index.ts';
import { listenLocally } from '../support/listen.ts';

const LOGIN = { email: 'ada@example.org', password: 'correct horse battery' };
const CLIENTS = { browsers: createWebClient, Node: createNodeClient };
const WHICH = ['browsers', 'Node'] as const;

async function startAnswering(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response));
  const port = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe.each(WHICH)('in the client for %s', (which) => {
  const auth = { accessToken: 'isp_none' };
  const ask = (url: string) => CLIENTS[which]({ url, auth }).call((trpc) => trpc.users.me.query());

  test('an answer that breaks off behind its headers is a broken connection', async () => {
    await using server = await startAnswering((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"result":', () => response.destroy());
    });
    await expect(ask(server.url)).rejects.toMatchObject({ name: 'InstashareError', code: 'network' });
  });

  test.each([
    [200, 'bad_response'],
    [502, 'unavailable'],
  ])('what calls itself JSON, is none, and has the status %d is %s', async (status, code) => {
    await using server = await startAnswering((response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end('<html>');
    });
    await expect(ask(server.url)).rejects.toMatchObject({ name: 'InstashareError', code });
  });
});

test('how long the server asks to wait is told over tRPC as over REST', async () => {
  await using api = await startTestApi({ environment: { AUTH_ATTEMPTS_PER_MINUTE: '1' } });
  await using client = createNodeClient({ url: api.url, auth: createMemoryAuthStore() });
  await client.register(LOGIN);
  const refused: unknown = await client.login(LOGIN).then(
    () => client.login(LOGIN).catch((error: unknown) => error),
    (error: unknown) => error,
  );
  const overRest = await fetch(`${api.url}/users/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(LOGIN),
  });
  const askedMs = Number(overRest.headers.get('retry-after')) * 1000;
  expect(overRest.status).toBe(429);
  expect(refused).toMatchObject({ code: 'rate_limited', status: 429 });
  // Asked a moment later.
  expect(refused).toHaveProperty('retryAfterMs', expect.closeTo(askedMs, -4));
});
