import { errorFromAnswer } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { networkError } from '../errors/network-error.ts';

/** The part of `fetch` that calls need; Node has a faster one than its own. */
export type CallFetch = (url: URL, init: CallInit) => Promise<CallResponse>;

export interface CallInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal | null;
}

export type CallResponse = Pick<Response, 'ok' | 'status' | 'text' | 'json'> & {
  readonly headers: Pick<Headers, 'get'>;
};

/** A call that got no answer for this long is given up (and, where that is safe, tried again). */
export const CALL_TIMEOUT_MS = 60_000;

/** The `fetch` of every platform, bounded in time. */
export async function platformFetch(url: URL, init: CallInit): Promise<CallResponse> {
  const timeout = AbortSignal.timeout(CALL_TIMEOUT_MS);
  const signal = init.signal === null ? timeout : AbortSignal.any([init.signal, timeout]);
  return fetch(url, { ...init, signal });
}

/** `fetch` as the tRPC links call it: our links give text for a body and a record for headers. */
interface LinkInit {
  readonly method?: string | undefined;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

function recordOf(headers: unknown): Record<string, string> {
  const entries = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/**
 * Makes a `fetch` for the tRPC links that fails with InstashareErrors where nothing answered or something else
 * than an Instashare server did (a proxy's HTML page would otherwise be a JSON syntax error).
 */
export function checkedFetch(callFetch: CallFetch) {
  return async (input: Request | URL | string, init: LinkInit = {}): Promise<CallResponse> => {
    // Told by what it has: to name `Request` would make Node load its own `fetch` for nothing.
    const url = new URL(typeof input === 'object' && 'url' in input ? input.url : input);
    const { method = 'GET', signal = null, body } = init;
    const call = {
      method,
      headers: recordOf(init.headers),
      body: typeof body === 'string' ? body : null,
      signal,
    };
    let response: CallResponse;
    try {
      response = await callFetch(url, call);
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw networkError(url.origin, cause);
    }
    await requireJson(url, response);
    return response;
  };
}

async function requireJson(url: URL, response: CallResponse): Promise<void> {
  const { headers, status } = response;
  if (headers.get('content-type')?.startsWith('application/json') === true) return;
  const body = await response.text().catch(() => '');
  if (status >= 400)
    throw errorFromAnswer({ status, body, retryAfter: headers.get('retry-after') }, url.origin);
  throw new InstashareError('bad_response', `What answers at ${url.origin} is not an Instashare server`);
}
