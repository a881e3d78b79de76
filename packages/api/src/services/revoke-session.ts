import { errors } from '@instashare/backend/errors';
import type { SessionIdInput } from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/** Ends one of the user's sessions, perhaps the one that asks: its tokens stop at once. Rejects with `session_not_found`. */
export async function revokeSession(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
  { id }: SessionIdInput,
): Promise<void> {
  await deps.database.transaction(async (repositories) => {
    const revoked = await repositories.sessions.revokeLive(principal.userId, id, deps.now());
    if (revoked === null) throw errors.sessionNotFound();
    const { deviceName } = revoked;
    const details = { sessionId: id, ...(deviceName === null ? {} : { deviceName }) };
    await recordAudit(deps, repositories, { actor: principal, kind: 'session_revoked', details });
  });
}
