import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isSameSecret } from '../secrets/index.ts';
import type { Figures } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  /** Who reads `/metrics` has to bear it; null: everyone who reaches the port may. */
  readonly token: string | null;
  readonly figures: Figures;
  readonly readiness: () => Promise<Readiness>;
}

export interface MonitoringServer extends AsyncDisposable {
  /** Where it listens, if 0 was asked for as well. */
  readonly port: number;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const json = (status: number, body: object): Answer => ({ status, body: JSON.stringify(body) });

/** `GET /healthz`, `/readyz` and `/metrics`, and nothing else. */
export async function startMonitoringServer(options: ServeOptions): Promise<MonitoringServer> {
  const server = createServer((request, response) => {
    void answer(request, options)
      .catch((): Answer => json(500, { code: 'internal_error', message: 'The figures could not be read' }))
      .then((reply) => send(request, response, reply));
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function answer(request: IncomingMessage, options: ServeOptions): Promise<Answer> {
  const [path] = (request.url ?? '').split('?');
  if (request.method !== 'GET' && request.method !== 'HEAD') return notFound();
  switch (path) {
    case '/healthz':
      return json(200, { status: 'ok' });
    case '/readyz': {
      const readiness = await options.readiness();
      return json(readiness.status === 'ok' ? 200 : 503, readiness);
    }
    case '/metrics':
      return isAllowed(request, options.token) ? metrics(options.figures) : unauthenticated();
    default:
      return notFound();
  }
}

const metrics = async ({ contentType, render }: Figures): Promise<Answer> => ({
  status: 200,
  body: await render(),
  headers: { 'content-type': contentType },
});

const notFound = () =>
  json(404, { code: 'not_found', message: 'Here are GET /healthz, /readyz and /metrics, and nothing else' });

const unauthenticated = (): Answer => ({
  ...json(401, {
    code: 'unauthenticated',
    message: 'Send METRICS_TOKEN as "Authorization: Bearer …"',
  }),
  headers: { 'www-authenticate': 'Bearer' },
});

function isAllowed({ headers }: IncomingMessage, token: string | null): boolean {
  if (token === null) return true;
  return isSameSecret(headers.authorization ?? '', `Bearer ${token}`);
}

function send(request: IncomingMessage, response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
