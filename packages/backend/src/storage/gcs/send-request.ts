import { Refusal } from './failure.ts';

/** Requests that carry at most one chunk; a longer silence is a broken connection. */
const REQUEST_TIMEOUT_MS = 120_000;
/** What an answer says of what went wrong is short; the rest of a page of HTML is of no use. */
const MAX_TEXT_CHARACTERS = 500;

export interface BoundedRequest {
  readonly method: 'DELETE' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly body?: Buffer<ArrayBuffer>;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Sends a request and reads its whole answer, whatever its status: 308 is an answer of the protocol, and no
 * redirect. Rejects when no answer came.
 */
export async function sendRequest({ url, signal, ...request }: BoundedRequest): Promise<Answer> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const response = await fetch(url, {
    ...request,
    redirect: 'manual',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export function toRefusal({ status, text }: Pick<Answer, 'status' | 'text'>): Refusal {
  return new Refusal(status, text.slice(0, MAX_TEXT_CHARACTERS));
}
