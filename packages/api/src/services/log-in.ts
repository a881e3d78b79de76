import { errors } from '@instashare/backend/errors';
import type { AuthResult, LoginInput } from '@instashare/contracts';
import { isPassword } from '../auth/passwords.ts';
import type { Origin } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';
import { startSession } from './start-session.ts';

type Used = Parameters<typeof startSession>[0] & Pick<Dependencies, 'attempts' | 'database'>;

/**
 * Rejects with `invalid_credentials`, in the same words and time for a wrong password and an unknown address: both
 * hash a password, count an attempt and write down a failure. Rejects with `rate_limited`, for either alike.
 */
export async function logIn(deps: Used, input: LoginInput, origin: Origin): Promise<AuthResult> {
  const attempt = { action: 'log in', address: origin.address, account: input.email } as const;
  await deps.attempts.count(attempt);
  const user = await deps.database.repositories.users.findByEmail(input.email);
  if (!(await isPassword(user?.passwordHash ?? null, input.password)) || user === null) {
    const actor = { userId: user?.id ?? null, origin };
    await recordAudit(deps, deps.database.repositories, { actor, kind: 'log_in_failed' });
    throw errors.invalidCredentials();
  }
  const { id, email, name, passwordHash } = user;
  const result = await deps.database.transaction(async (repositories) => {
    // It may have been changed, or the account deleted, while it was compared.
    if (!(await repositories.users.lockLive(id, passwordHash))) throw errors.invalidCredentials();
    const { deviceName } = input;
    return startSession(deps, repositories, {
      user: { id, email, name },
      deviceName,
      origin,
      kind: 'logged_in',
    });
  });
  await deps.attempts.forgive(attempt);
  return result;
}
