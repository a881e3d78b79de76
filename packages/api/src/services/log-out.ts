import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';

/** Ends the session the request came by; its access and refresh tokens stop working at once. */
export async function logOut(
  { database, now }: Pick<Dependencies, 'database' | 'now'>,
  principal: SessionPrincipal,
): Promise<void> {
  await database.repositories.sessions.revoke(principal.sessionId, now());
}
