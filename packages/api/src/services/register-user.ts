import { hashPassword } from '@instashare/backend/accounts';
import { errors } from '@instashare/backend/errors';
import type { AuthResult, RegisterInput } from '@instashare/contracts';
import type { Origin } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { startSession } from './start-session.ts';

type Used = Parameters<typeof startSession>[0] & Pick<Dependencies, 'attempts' | 'database' | 'newId'>;

/** Makes an account and logs it in. Rejects with `registration_closed`, `email_taken` and `rate_limited`. */
export async function registerUser(deps: Used, input: RegisterInput, origin: Origin): Promise<AuthResult> {
  // Before anything is looked at: it tells nobody which addresses have an account.
  if (!deps.config.isRegistrationOpen) throw errors.registrationClosed();
  await deps.attempts.count({ action: 'register', address: origin.address });
  const user = { id: deps.newId(), email: input.email, name: input.name ?? null };
  const quotaBytes = deps.config.userQuotaBytes;
  const passwordHash = await hashPassword(input.password);
  return deps.database.transaction(async (repositories) => {
    await repositories.users.insert({ ...user, passwordHash, quotaBytes });
    const { deviceName } = input;
    return startSession(deps, repositories, { user, deviceName, origin, kind: 'registered' });
  });
}
