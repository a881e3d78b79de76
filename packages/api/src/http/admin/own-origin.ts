import { errors } from '@instashare/backend/errors';
import type { FastifyRequest } from 'fastify';

/**
 * Throws `wrong_origin` unless the browser says that a page of ours sends this, at the address that PUBLIC_URL names:
 * whether it came over TLS is known by that alone. `SameSite` takes every page of the same domain for ours. All browsers
 * send `Origin` with a form; `Sec-Fetch-Site` only over TLS, or to their own machine.
 */
export function requireOwnOrigin(
  { headers, host }: Pick<FastifyRequest, 'headers' | 'host'>,
  publicUrl: string,
): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const isFromElsewhere = typeof site === 'string' && site !== 'same-origin';
  if (isFromElsewhere || !isOwn(origin, { host, publicUrl })) throw errors.wrongOrigin(publicUrl);
}

function isOwn(
  origin: string | undefined,
  { host, publicUrl }: { readonly host: string; readonly publicUrl: string },
): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const [given, told] = [new URL(origin), new URL(publicUrl)];
  if (given.origin === told.origin) return true;
  // A server for this machine alone has several names here, and other ports where a tunnel leads to it.
  return isLoopback(told) && isLoopback(given) && given.protocol === told.protocol && given.host === host;
}

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
