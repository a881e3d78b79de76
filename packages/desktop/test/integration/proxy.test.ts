import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { createEngine } from '../../src/engine/engine.ts';
import { createFindProxy } from '../../src/engine/find-proxy.ts';

/** A proxy that answers itself for a server which nobody could reach without it. */
async function openProxy() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, origin } = new URL(request.url ?? '');
    asked.push(`${request.method} ${origin}${pathname}`);
    if (pathname === '/openapi.json')
      return void response.end(JSON.stringify({ info: { title: 'Instashare', version: '1.2.3' } }));
    response.writeHead(503, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('the server is looked for, and logged in to, through the proxy that the system has for it', async () => {
  await using proxy = await openProxy();
  const askedFor: string[] = [];
  await using engine = createEngine({
    configFolder: '/nowhere',
    keeper: { load: () => Promise.resolve(null), save: () => Promise.resolve() },
    findProxy: createFindProxy((url) => {
      askedFor.push(url);
      return Promise.resolve(proxy.url);
    }),
    ownFolders: () => Promise.resolve([]),
    tell: () => undefined,
  });
  const server = 'http://files.instashare.invalid';
  expect(await engine.handlers['server.check']({ address: server })).toEqual({
    state: 'ok',
    url: server,
    version: '1.2.3',
  });
  const login = { server, email: 'a@example.org', password: 'a password', deviceName: 'desk' };
  await expect(engine.handlers['account.login'](login)).rejects.toBeInstanceOf(Error);
  expect(proxy.asked[0]).toBe(`GET ${server}/openapi.json`);
  expect(proxy.asked.slice(1).every((asked) => asked.startsWith(`POST ${server}/`))).toBe(true);
  expect(proxy.asked.length).toBeGreaterThan(1);
  expect(new Set(askedFor)).toEqual(new Set([server]));
});
