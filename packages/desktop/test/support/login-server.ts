import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import type { AppState } from '../../src/shared/app-state.ts';

export const LOGIN = { email: 'a@example.org', password: 'a password', deviceName: 'desk' };

/**
 * A server that answers whether it is there, lets everybody log in, to an account that can become another, and has no
 * events to tell; no more.
 */
export async function openLoginServer() {
  const asked: string[] = [];
  let userId = 'first';
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    asked.push(path);
    if (path.endsWith('/events')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      return;
    }
    const isLogin = path.endsWith('users.login');
    const isKnown = isLogin || path === '/healthz';
    const data = {
      user: { id: userId, email: LOGIN.email, name: null },
      accessToken: 'access',
      refreshToken: 'refresh',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    };
    response.writeHead(isKnown ? 200 : 503, { 'content-type': 'application/json' });
    request.resume().on('end', () => response.end(JSON.stringify(isLogin ? { result: { data } } : {})));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** The paths that were asked for. */
    asked: asked as readonly string[],
    becomes: (next: string) => void (userId = next),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An engine at which nobody is logged in yet. */
export async function startEngine(onState: (state: AppState) => void): Promise<Engine> {
  const configFolder = mkdtempSync(`${tmpdir()}/instashare-engine-`);
  onTestFinished(() => rmSync(configFolder, { recursive: true }));
  const engine = createEngine({
    configFolder,
    keeper: { load: () => Promise.resolve(null), save: () => Promise.resolve() },
    findProxy: () => Promise.resolve({}),
    ownFolders: () => Promise.resolve([]),
    tell: (event) => {
      if (event.type === 'state') onState(event.state);
    },
  });
  await engine.start();
  return engine;
}
