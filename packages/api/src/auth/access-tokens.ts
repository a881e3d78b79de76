import { createHmac } from 'node:crypto';
import { errors } from '@instashare/backend/errors';
import { errors as joseErrors, jwtVerify, SignJWT } from 'jose';

/** What an access token says: whose it is, by which of the user's sessions. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  /** Which of the session's refreshes gave the token: its use tells that the answer of that one arrived. */
  readonly generation: number;
}

/** As of when the token was signed. */
type VerifiedClaims = AccessClaims & { readonly expiresAt: Date };

/** Tokens whose signatures need not be looked at again: some hundred bytes each. */
const MOST_REMEMBERED = 5_000;

export interface AccessTokens {
  issue(claims: AccessClaims, now: Date): Promise<{ token: string; expiresAt: Date }>;
  /** Rejects with `unauthenticated` or `access_token_expired`. */
  verify(token: string): Promise<VerifiedClaims>;
}

/** Each use of the one secret gets a key of its own, so no signature can be taken for another. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return createHmac('sha256', secret).update(`instashare/${purpose}`).digest();
}

/** Short-lived signed access tokens (JWT, HS256). */
export function createAccessTokens(options: {
  readonly secret: string;
  readonly lifetimeSeconds: number;
}): AccessTokens {
  const key = deriveKey(options.secret, 'access-token');
  // What is remembered is the signature, which stays right; whether the session lives is asked each time.
  const verified = new Map<string, VerifiedClaims>();
  return {
    async issue({ userId, sessionId, generation }, now) {
      const issuedAtSeconds = Math.floor(now.getTime() / 1000);
      // It holds whole seconds: never less than it is meant to live.
      const expiresAtSeconds = Math.ceil(now.getTime() / 1000) + options.lifetimeSeconds;
      const token = await new SignJWT({ sid: sessionId, gen: generation })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(userId)
        .setIssuedAt(issuedAtSeconds)
        .setExpirationTime(expiresAtSeconds)
        .sign(key);
      return { token, expiresAt: new Date(expiresAtSeconds * 1000) };
    },

    async verify(token) {
      const known = verified.get(token);
      const claims = known ?? (await verifyAnew(token, key));
      // The library looked when the token came first.
      if (claims.expiresAt.getTime() <= Date.now()) throw errors.accessTokenExpired();
      if (known === undefined) {
        if (verified.size >= MOST_REMEMBERED) verified.clear();
        verified.set(token, claims);
      }
      return claims;
    },
  };
}

async function verifyAnew(token: string, key: Buffer): Promise<VerifiedClaims> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
    const { sub: userId, sid: sessionId, gen: generation, exp } = payload;
    if (typeof userId !== 'string' || typeof sessionId !== 'string') throw errors.unauthenticated();
    if (typeof generation !== 'number' || exp === undefined) throw errors.unauthenticated();
    return { userId, sessionId, generation, expiresAt: new Date(exp * 1000) };
  } catch (error) {
    if (error instanceof joseErrors.JWTExpired) throw errors.accessTokenExpired();
    throw errors.unauthenticated('The access token is not one of ours: log in again');
  }
}
