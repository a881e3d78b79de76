import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../src/engine/engine.ts';
import type { AppState } from '../../src/shared/app-state.ts';

const EMAIL = 'a@example.org';

/** A server at which an address is now this account's and then another's; it knows nothing but how to log in. */
async function openServer() {
  let userId = 'first';
  const server = createServer((request, response) => {
    const isLogin = request.url?.includes('users.login') === true;
    const data = {
      user: { id: userId, email: EMAIL, name: null },
      accessToken: 'access',
      refreshToken: 'refresh',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    };
    response.writeHead(isLogin ? 200 : 503, { 'content-type': 'application/json' });
    request.resume().on('end', () => response.end(JSON.stringify(isLogin ? { result: { data } } : {})));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    becomes: (next: string) => void (userId = next),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('an address that is another account by now is changed to without a moment in which nobody is logged in', async () => {
  const configFolder = mkdtempSync(join(tmpdir(), 'instashare-other-'));
  onTestFinished(() => rmSync(configFolder, { recursive: true }));
  await using server = await openServer();
  const told: AppState[] = [];
  await using engine = createEngine({
    configFolder,
    keeper: { load: () => Promise.resolve(null), save: () => Promise.resolve() },
    findProxy: () => Promise.resolve({}),
    ownFolders: () => Promise.resolve([]),
    tell: (event) => {
      if (event.type === 'state') told.push(event.state);
    },
  });
  await engine.start();
  const login = { password: 'a password', deviceName: 'desk' };
  await engine.handlers['account.login']({ server: server.url, email: EMAIL, ...login });
  told.length = 0;
  server.becomes('second');
  await engine.handlers['account.loginAgain'](login);
  expect(new Set(told.map(({ account }) => account?.userId))).toEqual(new Set(['second']));
});
