import { errors } from '@instashare/backend/errors';
import type { AuthResult, RefreshInput } from '@instashare/contracts';
import type { Origin } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';
import { sessionExpiry } from './start-session.ts';

type Used = Pick<
  Dependencies,
  'accessTokens' | 'attempts' | 'config' | 'database' | 'log' | 'newId' | 'now' | 'refreshTokens'
>;

/** Several processes of one client may come with the same token for this long, though its successor is in use. */
const RETRY_GRACE_MS = 30_000;

/**
 * Exchanges a refresh token for its successor and a new access token. A client that lost the answer (it fell
 * asleep, or was killed before it was kept) may repeat the exchange until something of that answer is used.
 * Later, a token that was exchanged before means that somebody else has it too: that ends the session. Rejects with `session_ended`.
 */
export async function refreshSession(deps: Used, input: RefreshInput, origin: Origin): Promise<AuthResult> {
  await deps.attempts.count({ action: 'refresh', address: origin.address });
  const given = deps.refreshTokens.parse(input.refreshToken);
  if (given === null) throw errors.sessionEnded();
  const now = deps.now();

  const outcome = await deps.database.transaction(async (repositories) => {
    const { sessions } = repositories;
    const session = await sessions.lockLive(given.sessionId, now);
    if (session === null) return null;
    const isCurrent =
      given.generation === session.generation &&
      session.refreshTokenSha256 === deps.refreshTokens.sha256(input.refreshToken);
    const isRetry =
      given.generation === session.generation - 1 &&
      (!session.isConfirmed || now.getTime() - session.rotatedAt.getTime() < RETRY_GRACE_MS);
    if (!isCurrent && !isRetry) {
      await sessions.revoke(session.id, now);
      const actor = { kind: 'session', userId: session.userId, sessionId: session.id, origin } as const;
      await recordAudit(deps, repositories, { actor, kind: 'refresh_token_reused' });
      return { reused: session.id };
    }
    const generation = isRetry ? session.generation : session.generation + 1;
    const refreshToken = deps.refreshTokens.make(session.id, generation);
    if (!isRetry) {
      const expiresAt = sessionExpiry(now, deps.config.sessionDays);
      const refreshTokenSha256 = deps.refreshTokens.sha256(refreshToken);
      await sessions.rotate(session.id, { generation, refreshTokenSha256, expiresAt }, now);
    }
    return { session, generation, refreshToken };
  });

  if (outcome === null) throw errors.sessionEnded();
  if ('reused' in outcome) {
    deps.log.warn({ sessionId: outcome.reused }, 'a refresh token was used again: session revoked');
    throw errors.sessionEnded();
  }
  const { session, generation, refreshToken } = outcome;
  const principal = { userId: session.userId, sessionId: session.id, generation };
  const access = await deps.accessTokens.issue(principal, now);
  return {
    user: session.user,
    accessToken: access.token,
    refreshToken,
    expiresAt: access.expiresAt.toISOString(),
  };
}
