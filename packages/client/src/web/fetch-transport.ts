import { networkError } from '../errors/network-error.ts';
import type { Transport } from '../upload/transport.ts';
import { gatherBody } from './gather-body.ts';

/** A chunk has a few megabytes: whatever takes longer, on the slowest line, is broken. */
const TIMEOUT_MS = 600_000;

/** Sends by `fetch`, which tells what was sent only when there is an answer. */
export const fetchTransport: Transport = async ({ method, url, headers, body, onSent, signal }) => {
  const bytes = body === null ? null : await gatherBody(body);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const options = {
    method,
    headers,
    body: bytes,
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  };
  try {
    const response = await fetch(url, options);
    const text = await response.text();
    if (bytes !== null) onSent?.(bytes.byteLength);
    return { status: response.status, header: (name) => response.headers.get(name), body: text };
  } catch (cause) {
    signal?.throwIfAborted();
    throw networkError(new URL(url).origin, cause);
  }
};
