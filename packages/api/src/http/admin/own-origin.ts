import { errors } from '@instashare/backend/errors';
import type { FastifyRequest } from 'fastify';

/**
 * Throws `wrong_origin` unless the browser says that a page of ours sends this. `SameSite` alone takes every page of the same
 * domain for ours. All browsers send `Origin` with a form; `Sec-Fetch-Site` only over TLS, or to their own machine.
 */
export function requireOwnOrigin(
  { headers, host }: Pick<FastifyRequest, 'headers' | 'host'>,
  publicUrl: string,
): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const isFromElsewhere = typeof site === 'string' && site !== 'same-origin';
  if (isFromElsewhere || !isOwn(origin, { host, publicUrl })) throw errors.wrongOrigin();
}

/** By the address that people are told, or the one that this request came to. */
function isOwn(
  origin: string | undefined,
  { host, publicUrl }: { readonly host: string; readonly publicUrl: string },
): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === new URL(publicUrl).origin || url.host === host;
}
