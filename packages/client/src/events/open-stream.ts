import type { ContentTransport } from '../download/content-transport.ts';
import { errorFromAnswer } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { networkError } from '../errors/network-error.ts';

/** A server shows at least every 30 seconds that it lives; proxies may hold that back for a while. */
export const SILENCE_MS = 75_000;

export interface StreamRequest {
  readonly url: URL;
  readonly accessToken: string;
  /** Empty: from now on. */
  readonly lastEventId: string;
  readonly signal: AbortSignal;
  /** By the platform's `fetch` when left out. */
  readonly open?: ContentTransport | undefined;
}

/**
 * Opens a stream of server-sent events, and gives its bytes as they come. Rejects with what the server refuses it
 * for; throws `network` when the connection breaks or falls silent.
 */
export async function* openStream(request: StreamRequest): AsyncGenerator<Uint8Array, void, void> {
  const { url, signal } = request;
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(new Error('the server fell silent')), SILENCE_MS);
  try {
    const body = await requestBody(request, AbortSignal.any([signal, silence.signal]));
    for await (const part of body) {
      clearTimeout(timer);
      yield part;
      timer = setTimeout(() => silence.abort(new Error('the server fell silent')), SILENCE_MS);
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof InstashareError ? cause : networkError(url.origin, cause);
  } finally {
    clearTimeout(timer);
  }
}

async function requestBody(
  { url, accessToken, lastEventId, open = openByFetch }: StreamRequest,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const headers = {
    accept: 'text/event-stream',
    authorization: `Bearer ${accessToken}`,
    ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }),
  };
  const response = await open({ url, headers, signal });
  const { status } = response;
  if (response.header('content-type')?.startsWith('text/event-stream') === true) return response.blocks();
  // A page that is too long to be read is no error of ours, whatever it says.
  const body = await response.text().catch(() => '');
  const answer = { status, body, retryAfter: response.header('retry-after') };
  if (status >= 400) throw errorFromAnswer(answer, url.origin);
  throw new InstashareError('bad_response', `What answers at ${url.origin} is not an Instashare server`);
}

const openByFetch: ContentTransport = async ({ url, headers, signal }) => {
  const response = await fetch(url, {
    headers,
    cache: 'no-store',
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    blocks: () => readAll(response.body),
    text: () => response.text(),
    cancel: () => {
      void response.body?.cancel().catch(() => {});
    },
  };
};

/** Not every browser lets one iterate over a stream. */
async function* readAll(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array, void, void> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // However it ends: the connection is of no more use.
    await reader.cancel().catch(() => {});
  }
}
