import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Nothing that could break a line of a log, or fill it. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The id that a request brings in `X-Request-Id`, so that it can be followed through several programs; else a new one. */
export function requestIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}
