import { errors } from '@instashare/backend/errors';
import type { Dependencies } from '../services/dependencies.ts';
import type { Principal } from './access-tokens.ts';

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
  const principal = await accessTokens.verify(token);
  if (!(await database.repositories.sessions.use(principal, now()))) throw errors.sessionEnded();
  return principal;
}
