/** A web server that is none of ours: it lets every page read it, and remembers what it was asked. */
import { once } from 'node:events';
import { createServer } from 'node:http';

export interface Stranger extends AsyncDisposable {
  readonly url: string;
  /** The paths that somebody asked for. */
  readonly asked: readonly string[];
}

export async function openStranger(): Promise<Stranger> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' }).end('hello');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens at no port');
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
