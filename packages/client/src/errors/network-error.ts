import { InstashareError } from './instashare-error.ts';

/** What nobody vouches for whom this machine trusts: codes of OpenSSL. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What only can go wrong before anything is sent: calls of the system, and codes of Node's. */
const BEFORE_SENDING: ReadonlySet<unknown> = new Set([
  'connect',
  'getaddrinfo',
  'ERR_PROXY_TUNNEL',
  'UND_ERR_CONNECT_TIMEOUT',
  ...UNTRUSTED,
]);

/** The server at `origin` could not be reached, or the connection broke. */
export function networkError(origin: string, cause: unknown): InstashareError {
  const message = `Can't reach ${origin}: ${causeOf(cause)}`;
  return new InstashareError('network', message, { cause, hadNoEffect: isUnsent(cause) });
}

/** The words of the innermost cause: `fetch failed` alone tells a person nothing. */
function causeOf(error: unknown): string {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  if (current instanceof AggregateError && current.errors[0] instanceof Error) current = current.errors[0];
  if (!(current instanceof Error)) return String(current);
  const message = withoutCredentials(current.message);
  if (!('code' in current) || !UNTRUSTED.has(String(current.code))) return message;
  return (
    `this machine does not trust its certificate (${message}). If it should, add the certificate to those of ` +
    'the system, or name its file in NODE_EXTRA_CA_CERTS'
  );
}

/** A proxy's address may hold a password. */
const withoutCredentials = (message: string): string => message.replaceAll(/\/\/[^/@\s]*@/g, '//');

function isUnsent(error: unknown): boolean {
  // One for each address that was tried.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isUnsent);
  if (!(error instanceof Error)) return false;
  if ('syscall' in error && BEFORE_SENDING.has(error.syscall)) return true;
  return ('code' in error && BEFORE_SENDING.has(error.code)) || isUnsent(error.cause);
}
