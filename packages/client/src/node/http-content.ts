import type http from 'node:http';
import type { ContentTransport } from '../download/content-transport.ts';
import { networkError } from '../errors/network-error.ts';
import type { HttpAgents } from './http-agents.ts';
import { headerOf, openRequest, readText } from './http-request.ts';

const IDLE_TIMEOUT_MS = 60_000;
const MAX_ERROR_BYTES = 64 * 1024;

/** Contents by `node:http`: see `http-transport.ts` for what that is worth. */
export function createHttpContent(agents: HttpAgents, idleTimeoutMs = IDLE_TIMEOUT_MS): ContentTransport {
  return async ({ url, headers, signal }) => {
    const response = await send(url, agents, {
      headers,
      timeout: idleTimeoutMs,
      ...(signal === undefined ? {} : { signal }),
    });
    return {
      status: response.statusCode ?? 0,
      header: (name) => headerOf(response, name),
      blocks: () => blocksOf(response, url.origin),
      text: () => readText(response, MAX_ERROR_BYTES),
      cancel: () => {
        response.destroy();
      },
    };
  };
}

function send(url: URL, agents: HttpAgents, options: http.RequestOptions): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = openRequest(url, agents, options);
    request.on('timeout', () => request.destroy(new Error('nothing moved for too long')));
    request.on('error', (cause) => {
      reject(options.signal?.aborted === true ? cause : networkError(url.origin, cause));
    });
    request.on('response', resolve);
    request.end();
  });
}

async function* blocksOf(response: http.IncomingMessage, origin: string): AsyncGenerator<Uint8Array> {
  const iterator: AsyncIterator<Uint8Array> = response[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((cause: unknown) => {
        throw networkError(origin, cause);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    response.destroy();
  }
}
