import { hashPassword } from '@instashare/backend/accounts';
import { errors } from '@instashare/backend/errors';
import type { ChangePasswordInput, EndedSessions } from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';
import { requirePassword } from './require-password.ts';

/** Gives the account another password and ends all sessions but the one that asks. Rejects as `requirePassword` does. */
export async function changePassword(
  deps: Pick<Dependencies, 'attempts' | 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
  { currentPassword, newPassword }: ChangePasswordInput,
): Promise<EndedSessions> {
  const given = { field: 'currentPassword', password: currentPassword };
  const from = await requirePassword(deps, principal, given);
  const to = await hashPassword(newPassword);
  return deps.database.transaction(async (repositories) => {
    const { userId, sessionId } = principal;
    // Somebody else was quicker: what is right now is theirs to know.
    if (!(await repositories.users.changePassword(userId, { from, to }))) {
      throw errors.wrongPassword(given.field);
    }
    const sessions = await repositories.sessions.revokeOthers(userId, sessionId, deps.now());
    const details = { sessions };
    await recordAudit(deps, repositories, { actor: principal, kind: 'password_changed', details });
    return { sessions };
  });
}
