import { isPassword } from '@instashare/backend/accounts';
import { errors } from '@instashare/backend/errors';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/**
 * Looks whether who is logged in also knows the password, and gives its hash: what is done then is done only if the
 * account still has that. Rejects with `invalid_credentials`, and with `rate_limited` when it was guessed too often.
 */
export async function requirePassword(
  deps: Pick<Dependencies, 'attempts' | 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
  { field, password }: { readonly field: string; readonly password: string },
): Promise<string> {
  const { userId: account } = principal;
  await deps.attempts.count({ action: 'password', account });
  const user = await deps.database.repositories.users.find(account);
  if (user === null) throw errors.sessionEnded();
  if (!(await isPassword(user.passwordHash, password))) {
    await recordAudit(deps, deps.database.repositories, { actor: principal, kind: 'password_refused' });
    throw errors.wrongPassword(field);
  }
  await deps.attempts.forgive({ action: 'password', account });
  return user.passwordHash;
}
