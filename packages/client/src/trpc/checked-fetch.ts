import { errorFromAnswer, parseJson } from '../errors/error-from-answer.ts';
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

export type CallResponse = Pick<Response, 'ok' | 'status' | 'text'> & {
  readonly headers: Pick<Headers, 'get'>;
};

/** As tRPC's links read it. */
type CheckedResponse = CallResponse & { json(): Promise<unknown> };

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
  return async (input: Request | URL | string, init: LinkInit = {}): Promise<CheckedResponse> => {
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
    let text: string;
    try {
      response = await callFetch(url, call);
      // Here, since an answer can also break off behind its headers.
      text = await response.text();
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw networkError(url.origin, cause);
    }
    const json = parseAnswer(url, response, text);
    const { ok, status, headers } = response;
    return { ok, status, headers, text: () => Promise.resolve(text), json: () => Promise.resolve(json) };
  };
}

function parseAnswer(url: URL, { headers, status }: CallResponse, body: string): unknown {
  const isJson = headers.get('content-type')?.startsWith('application/json') === true;
  const json = isJson ? parseJson(body) : undefined;
  if (json !== undefined) return json;
  if (status >= 400)
    throw errorFromAnswer({ status, body, retryAfter: headers.get('retry-after') }, url.origin);
  throw new InstashareError('bad_response', `What answers at ${url.origin} is not an Instashare server`);
}
