import { errors } from '@instashare/backend/errors';
import type { Dependencies } from '../services/dependencies.ts';
import type { Principal } from './principal.ts';

/**
 * Who sent a request with this `Authorization` header. The session is looked up each time, so a log-out or a
 * deleted account counts at once. Rejects with `unauthenticated`, `access_token_expired` or `session_ended`.
 */
export async function authenticate(
  { accessTokens, database, now }: Pick<Dependencies, 'accessTokens' | 'database' | 'now'>,
  authorization: string | undefined,
): Promise<Principal> {
  const token = /^Bearer +([\w.-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw errors.unauthenticated();
  const claims = await accessTokens.verify(token);
  if (!(await database.repositories.sessions.use(claims, now()))) throw errors.sessionEnded();
  return { kind: 'session', userId: claims.userId, sessionId: claims.sessionId };
}
