import type { Repositories } from '@instashare/backend/database';
import type { AuthResult, User } from '@instashare/contracts';
import type { Origin } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

type Used = Pick<Dependencies, 'accessTokens' | 'config' | 'newId' | 'now' | 'refreshTokens'>;

interface Arrival {
  readonly user: User;
  readonly deviceName: string | undefined;
  readonly origin: Origin;
  readonly kind: 'registered' | 'logged_in';
}

export const sessionExpiry = (now: Date, sessionDays: number): Date =>
  new Date(now.getTime() + sessionDays * 24 * 60 * 60 * 1000);

/** Starts a session for a user who has just proved who they are, and writes it down. */
export async function startSession(
  deps: Used,
  repositories: Pick<Repositories, 'audit' | 'sessions'>,
  { user, deviceName, origin, kind }: Arrival,
): Promise<AuthResult> {
  const now = deps.now();
  const id = deps.newId();
  const refreshToken = deps.refreshTokens.make(id, 0);
  await repositories.sessions.insert(
    {
      id,
      userId: user.id,
      deviceName: deviceName ?? null,
      ...origin,
      refreshTokenSha256: deps.refreshTokens.sha256(refreshToken),
      expiresAt: sessionExpiry(now, deps.config.sessionDays),
    },
    now,
  );
  const actor = { kind: 'session', userId: user.id, sessionId: id, origin } as const;
  await recordAudit(deps, repositories, { actor, kind });
  const access = await deps.accessTokens.issue({ userId: user.id, sessionId: id, generation: 0 }, now);
  return { user, accessToken: access.token, refreshToken, expiresAt: access.expiresAt.toISOString() };
}
