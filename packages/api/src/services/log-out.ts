import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/** Ends the session the request came by; its access and refresh tokens stop working at once. */
export async function logOut(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
): Promise<void> {
  await deps.database.transaction(async (repositories) => {
    await repositories.sessions.revoke(principal.sessionId, deps.now());
    await recordAudit(deps, repositories, { actor: principal, kind: 'logged_out' });
  });
}
