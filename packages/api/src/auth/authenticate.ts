import { errors } from '@instashare/backend/errors';
import type { Dependencies } from '../services/dependencies.ts';
import { isPersonalAccessToken, sha256OfToken } from './personal-access-tokens.ts';
import type { Authenticated, Origin } from './principal.ts';

type Used = Pick<Dependencies, 'accessTokens' | 'credentials'>;

/** What a request says of who sent it. */
export interface Credentials {
  /** The header of this name. */
  readonly authorization: string | undefined;
  readonly origin: Origin;
}

/**
 * Who sent a request. The session or the token is looked up each time, so a log-out, a revocation or a deleted
 * account counts at once. Rejects with `unauthenticated`, `access_token_expired` or `session_ended`.
 */
export async function authenticate(
  deps: Used,
  { authorization, origin }: Credentials,
): Promise<Authenticated> {
  const token = /^Bearer +([\w.-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw errors.unauthenticated();
  return isPersonalAccessToken(token) ? byToken(deps, token, origin) : bySession(deps, token, origin);
}

async function byToken({ credentials }: Used, token: string, origin: Origin): Promise<Authenticated> {
  const found = await credentials.token(sha256OfToken(token));
  if (found === null) throw errors.tokenRefused();
  const { id: tokenId, expiresAt, scopes, userId } = found;
  return { kind: 'token', userId, tokenId, scopes, origin, expiresAt };
}

async function bySession(
  { accessTokens, credentials }: Used,
  token: string,
  origin: Origin,
): Promise<Authenticated> {
  const claims = await accessTokens.verify(token);
  if (!(await credentials.isLive(claims))) throw errors.sessionEnded();
  const { expiresAt, sessionId, userId } = claims;
  return { kind: 'session', userId, sessionId, origin, expiresAt };
}
