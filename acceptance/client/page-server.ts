import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface PageServer extends AsyncDisposable {
  readonly url: string;
}

const SCRIPT = '/page.js';
const PAGE = `<!doctype html><title>page</title><script type="module" src="${SCRIPT}"></script>`;

/**
 * Serves a page with one script, and the api behind it at the same origin, as a reverse proxy does; so what the api
 * tells to be its own address becomes that of this server.
 */
export async function servePage(script: string, api: string): Promise<PageServer> {
  const server = createServer((request, response) => {
    if (request.url === '/') return void response.setHeader('content-type', 'text/html').end(PAGE);
    if (request.url === SCRIPT) return void response.setHeader('content-type', 'text/javascript').end(script);
    forward(request, response, { api, own: url }).catch((error: unknown) => response.destroy(toError(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
/** Of one connection, and none of the content. */
const HOP_BY_HOP = new Set([
  'connection',
  'host',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'expect',
]);

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { api, own }: { readonly api: string; readonly own: string },
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const headers = Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name));
  const hasBody = request.method === 'POST' || request.method === 'PUT';
  const options = {
    method: request.method ?? 'GET',
    headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
    body: hasBody ? new Uint8Array(await buffer(request)) : null,
    signal: gone.signal,
  };
  const answer = await fetch(`${api}${request.url}`, options);
  for (const [name, value] of answer.headers) {
    if (!HOP_BY_HOP.has(name) || name === 'content-length') response.setHeader(name, value);
  }
  response.statusCode = answer.status;
  if (answer.headers.get('content-type')?.startsWith('application/json') === true) {
    response.removeHeader('content-length');
    response.end((await answer.text()).replaceAll(api, own));
    return;
  }
  response.flushHeaders();
  for await (const part of answer.body ?? []) response.write(part);
  response.end();
}
