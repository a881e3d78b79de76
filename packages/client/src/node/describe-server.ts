import { parseJson } from '../errors/error-from-answer.ts';
import { networkError } from '../errors/network-error.ts';
import { createHttpAgents, type ProxyVariables } from './http-agents.ts';
import { createHttpFetch } from './http-fetch.ts';

export interface DescribeServerOptions {
  /** See `NodeClientOptions`. */
  readonly proxy?: ProxyVariables | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What answers at an address says of itself in `/openapi.json`, asked by the way that a client goes; null when that is no
 * JSON. `url` is without a slash at its end. Rejects with `network` when nothing answers.
 */
export async function describeServer(
  url: string,
  { proxy, signal }: DescribeServerOptions = {},
): Promise<unknown> {
  using agents = createHttpAgents(proxy);
  const address = new URL(`${url}/openapi.json`);
  const init = { method: 'GET', headers: {}, body: null, signal: signal ?? null };
  const response = await createHttpFetch(agents)(address, init).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw networkError(address.origin, cause);
  });
  return parseJson(await response.text()) ?? null;
}
