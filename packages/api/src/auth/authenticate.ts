import type { ClaimedSession } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { Dependencies } from '../services/dependencies.ts';
import type { AccessClaims } from './access-tokens.ts';
import { isPersonalAccessToken, sha256OfToken } from './personal-access-tokens.ts';
import type { Authenticated, Origin } from './principal.ts';

type Used = Pick<Dependencies, 'accessTokens' | 'credentials'>;

/** What a request says of who sent it. */
export interface Credentials {
  /** The header of this name. */
  readonly authorization: string | undefined;
  readonly origin: Origin;
}

/** Who sent a request, by what we signed ourselves; whether that still counts is another question. */
export interface Claim {
  readonly principal: Authenticated;
  /** Looks that up, once. Rejects with `session_ended`. Nobody is told anything before it, or a statement by `session`, says so. */
  readonly confirm: () => Promise<void>;
  /**
   * By which a statement sees for itself that the claim stands, in place of `confirm`; null: it stands. One that has not been
   * used since its refresh does not count for it: that is noted by `confirm`.
   */
  readonly session: ClaimedSession | null;
}

/**
 * Who sent a request. The session or the token is looked up each time, so a log-out, a revocation or a deleted
 * account counts at once. Rejects with `unauthenticated`, `access_token_expired` or `session_ended`.
 */
export async function authenticate(deps: Used, credentials: Credentials): Promise<Authenticated> {
  const { confirm, principal } = await claim(deps, credentials);
  await confirm();
  return principal;
}

/** The same, for one who begins to work before that is looked up. Rejects with `unauthenticated` or `access_token_expired`. */
export async function claim(deps: Used, { authorization, origin }: Credentials): Promise<Claim> {
  const token = /^Bearer +([\w.-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw errors.unauthenticated();
  return isPersonalAccessToken(token) ? byToken(deps, token, origin) : bySession(deps, token, origin);
}

async function byToken({ credentials }: Used, token: string, origin: Origin): Promise<Claim> {
  const found = await credentials.token(sha256OfToken(token));
  if (found === null) throw errors.tokenRefused();
  const { id: tokenId, expiresAt, scopes, userId } = found;
  const principal = { kind: 'token', userId, tokenId, scopes, origin, expiresAt } as const;
  return { principal, confirm: () => Promise.resolve(), session: null };
}

async function bySession({ accessTokens, credentials }: Used, token: string, origin: Origin): Promise<Claim> {
  const claims = await accessTokens.verify(token);
  const { expiresAt, generation, sessionId, userId } = claims;
  let confirmed: Promise<void> | undefined;
  return {
    principal: { kind: 'session', userId, sessionId, origin, expiresAt },
    confirm: () => (confirmed ??= requireLive(credentials, claims)),
    session: { id: sessionId, userId, generation },
  };
}

async function requireLive(credentials: Used['credentials'], claims: AccessClaims): Promise<void> {
  if (!(await credentials.isLive(claims))) throw errors.sessionEnded();
}
