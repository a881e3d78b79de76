import { createHash, createVerify, type KeyObject } from 'node:crypto';
import { GoogleError } from './answer.ts';

const DAY_SECONDS = 24 * 60 * 60;

const refused = (message: string) => new GoogleError(403, 'SignatureDoesNotMatch', message);

const escape = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * Refuses what does not carry a V4 signature by the owner of `publicKey` (null: by anybody) that holds at `now`:
 * https://cloud.google.com/storage/docs/authentication/signatures.
 */
export function verifySignedUrl(
  url: URL,
  {
    method,
    publicKey,
    now,
  }: { readonly method: string; readonly publicKey: KeyObject | null; readonly now: Date },
): void {
  const query = url.searchParams;
  const given = (name: string): string => {
    const value = query.get(name);
    if (value === null) throw refused(`${name} is missing`);
    return value;
  };
  if (given('X-Goog-Algorithm') !== 'GOOG4-RSA-SHA256') throw refused('The algorithm is unknown');
  if (given('X-Goog-SignedHeaders') !== 'host') throw refused('The headers sent are not those signed');
  const signedAt = given('X-Goog-Date');
  const lifetimeSeconds = Number(given('X-Goog-Expires'));
  if (!(lifetimeSeconds > 0 && lifetimeSeconds <= 7 * DAY_SECONDS))
    throw refused('X-Goog-Expires is too long');
  const signedAtMs = Date.parse(signedAt.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (now.getTime() > signedAtMs + lifetimeSeconds * 1000) {
    throw new GoogleError(400, 'ExpiredToken', 'The signed address has expired');
  }
  const canonicalQuery = [...query]
    .filter(([name]) => name !== 'X-Goog-Signature')
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .toSorted()
    .join('&');
  const canonical = [
    method,
    url.pathname,
    canonicalQuery,
    `host:${url.hostname}\n`,
    'host',
    'UNSIGNED-PAYLOAD',
  ];
  const hash = createHash('sha256').update(canonical.join('\n')).digest('hex');
  const scope = given('X-Goog-Credential').split('/').slice(1).join('/');
  const text = ['GOOG4-RSA-SHA256', signedAt, scope, hash].join('\n');
  const verifier = createVerify('RSA-SHA256').update(text);
  const signature = given('X-Goog-Signature');
  // Node would leave out what is not hexadecimal.
  const isWhole = /^(?:[0-9a-f]{2})+$/.test(signature);
  const isTheirs = publicKey === null || verifier.verify(publicKey, signature, 'hex');
  if (!isWhole || !isTheirs) throw refused('The signature is wrong');
}
