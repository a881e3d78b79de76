import { errorFromAnswer } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { networkError } from '../trpc/checked-fetch.ts';

/** A server shows at least every 30 seconds that it lives; proxies may hold that back for a while. */
const SILENCE_MS = 75_000;

export interface StreamRequest {
  readonly url: URL;
  readonly accessToken: string;
  /** Empty: from now on. */
  readonly lastEventId: string;
  readonly signal: AbortSignal;
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
  { url, accessToken, lastEventId }: StreamRequest,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const response = await fetch(url, {
    signal,
    cache: 'no-store',
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${accessToken}`,
      ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }),
    },
  });
  const { status, headers, body } = response;
  if (headers.get('content-type')?.startsWith('text/event-stream') === true && body !== null) {
    return readAll(body);
  }
  const answer = { status, body: await response.text(), retryAfter: headers.get('retry-after') };
  if (status >= 400) throw errorFromAnswer(answer, url.origin);
  throw new InstashareError('bad_response', `What answers at ${url.origin} is not an Instashare server`);
}

/** Not every browser lets one iterate over a stream. */
async function* readAll(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
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
