import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { unlessAborted } from '@instashare/backend/waiting';
import { type AddressRule, pinAddress, type Resolve } from './public-addresses.ts';

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface PostOptions extends AddressRule {
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
}

/** POSTs to somebody else's server, and gives the status of its answer; rejects when none came in time. */
export type PostWebhook = (request: WebhookRequest) => Promise<number>;

const TIMEOUT_MS = 10_000;

export function createPostWebhook({ timeoutMs = TIMEOUT_MS, resolve, ...rule }: PostOptions): PostWebhook {
  return async ({ url: text, headers, body, signal }) => {
    const url = new URL(text);
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    // A name server that does not answer holds up nobody for longer.
    const lookup = await unlessAborted(pinAddress(url, rule, resolve), inTime);
    const options: RequestOptions = {
      method: 'POST',
      // A connection of its own: one that is kept was checked for another time, and one of a proxy's would not be checked at all.
      agent: false,
      lookup,
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Instashare-Webhook',
      },
      signal: inTime,
    };
    const answer = await send(url, options, body);
    // Only the status counts. Nothing of the body is read, and no redirect followed.
    answer.destroy();
    return answer.statusCode ?? 0;
  };
}

function send(url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
    request.on('error', reject);
    request.on('response', resolve);
    request.end(body);
  });
}
