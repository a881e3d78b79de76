import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listenLocally } from './listen.ts';

/** An answer that the server has given and the client does not get yet. */
export interface HeldAnswer {
  /** The server has answered. */
  readonly given: Promise<void>;
  release(): void;
}

/** Stands before a server: tells what was asked, and can hold back an answer. */
export interface HttpRelay extends AsyncDisposable {
  readonly url: string;
  /** Methods and paths, in their order. */
  readonly asked: readonly string[];
  /** Holds back the next answer to a request whose path begins so. */
  hold(path: string): HeldAnswer;
}

interface Hold {
  readonly path: string;
  readonly onGiven: () => void;
  readonly released: Promise<void>;
}

export async function startHttpRelay(targetUrl: string): Promise<HttpRelay> {
  const asked: string[] = [];
  const holds: Hold[] = [];

  function forward(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method = '', url = '', headers } = incoming;
    const [path = ''] = url.split('?');
    asked.push(`${method} ${path}`);
    const at = holds.findIndex((hold) => path.startsWith(hold.path));
    const [hold] = at === -1 ? [] : holds.splice(at, 1);
    const outgoing = request(new URL(url, targetUrl), { method, headers });
    outgoing.on('response', (response) => {
      hold?.onGiven();
      void (hold?.released ?? Promise.resolve()).then(() => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
    });
    outgoing.on('error', () => answer.destroy());
    answer.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  }

  const server = createServer(forward);
  const port = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    hold(path) {
      const given = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      holds.push({ path, onGiven: given.resolve, released: released.promise });
      return { given: given.promise, release: released.resolve };
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
