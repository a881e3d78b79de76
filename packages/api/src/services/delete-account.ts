import { NOBODYS_HASH } from '@instashare/backend/accounts';
import { errors } from '@instashare/backend/errors';
import type { DeleteAccountInput } from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { requirePassword } from './require-password.ts';

/**
 * Deletes an account: from now on nobody gets in, and its e-mail address is free. The sweep removes everything that
 * it had, step by step, however much that is. Rejects as `requirePassword` does.
 */
export async function deleteAccount(
  deps: Pick<Dependencies, 'attempts' | 'database' | 'log' | 'newId' | 'now'>,
  principal: SessionPrincipal,
  { password }: DeleteAccountInput,
): Promise<void> {
  const { userId } = principal;
  const passwordHash = await requirePassword(deps, principal, { field: 'password', password });
  const marked = { passwordHash, nobodysHash: NOBODYS_HASH, now: deps.now() };
  await deps.database.transaction(async ({ sessions, shares, tokens, users, webhooks }) => {
    if (!(await users.markDeleted(userId, marked))) throw errors.wrongPassword('password');
    // Statements of their own: what lets somebody in (a session, a token, a link) is made with the user locked, and was made before this, or never.
    await sessions.removeAll(userId);
    await tokens.removeAll(userId);
    await shares.removeAll(userId);
    await webhooks.removeAll(userId);
  });
  deps.log.info({ userId }, 'account deleted');
}
