import type { Repositories } from '@instashare/backend/database';
import type { AuthResult, User } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

type Used = Pick<Dependencies, 'accessTokens' | 'config' | 'newId' | 'now' | 'refreshTokens'>;

export const sessionExpiry = (now: Date, sessionDays: number): Date =>
  new Date(now.getTime() + sessionDays * 24 * 60 * 60 * 1000);

/** Starts a session for a user who has just proved who they are. */
export async function startSession(
  deps: Used,
  { sessions }: Pick<Repositories, 'sessions'>,
  { user, deviceName }: { readonly user: User; readonly deviceName: string | undefined },
): Promise<AuthResult> {
  const now = deps.now();
  const id = deps.newId();
  const refreshToken = deps.refreshTokens.make(id, 0);
  await sessions.insert(
    {
      id,
      userId: user.id,
      deviceName: deviceName ?? null,
      refreshTokenSha256: deps.refreshTokens.sha256(refreshToken),
      expiresAt: sessionExpiry(now, deps.config.sessionDays),
    },
    now,
  );
  const access = await deps.accessTokens.issue({ userId: user.id, sessionId: id, generation: 0 }, now);
  return { user, accessToken: access.token, refreshToken, expiresAt: access.expiresAt.toISOString() };
}
