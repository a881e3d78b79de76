import type { EndedSessions } from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/** Ends all sessions of the user but the one that asks. */
export async function revokeOtherSessions(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
): Promise<EndedSessions> {
  return deps.database.transaction(async (repositories) => {
    const { userId, sessionId } = principal;
    const sessions = await repositories.sessions.revokeOthers(userId, sessionId, deps.now());
    const details = { sessions };
    await recordAudit(deps, repositories, { actor: principal, kind: 'other_sessions_revoked', details });
    return { sessions };
  });
}
