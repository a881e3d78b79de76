import { createHmac } from 'node:crypto';
import { isSameSecret } from '../../secrets/index.ts';

export interface SignedUrls {
  /** An address for the thing of this name that holds until `expiresAt`. A secret. */
  sign(name: string, expiresAt: Date): string;
  /** True when `query` carries a signature of ours for this name that has not expired. Constant time. */
  verify(name: string, query: Readonly<Record<string, unknown>>): boolean;
}

/**
 * Signed addresses `<base><name>?expires=<epoch seconds>&signature=<base64url>`. `purpose` keeps a signature
 * made with the same secret for something else from passing here.
 */
export function createSignedUrls(options: {
  readonly base: string;
  readonly purpose: string;
  readonly secret: string;
  readonly clock: () => Date;
}): SignedUrls {
  const { base, purpose, secret, clock } = options;

  const signatureOf = (name: string, expires: string) =>
    createHmac('sha256', secret).update(`instashare ${purpose}\n${name}\n${expires}`).digest('base64url');

  return {
    sign(name, expiresAt) {
      const expires = String(Math.ceil(expiresAt.getTime() / 1000));
      return `${base}${name}?expires=${expires}&signature=${signatureOf(name, expires)}`;
    },

    verify(name, { expires, signature }) {
      if (typeof expires !== 'string' || !/^\d{1,12}$/.test(expires)) return false;
      if (typeof signature !== 'string') return false;
      if (!isSameSecret(signature, signatureOf(name, expires))) return false;
      return Number(expires) * 1000 > clock().getTime();
    },
  };
}
