import type { AuthResult, RegisterInput } from '@instashare/contracts';
import { hashPassword } from '../auth/passwords.ts';
import type { Dependencies } from './dependencies.ts';
import { startSession } from './start-session.ts';

type Used = Parameters<typeof startSession>[0] & Pick<Dependencies, 'database' | 'newId'>;

/** Makes an account and logs it in. Rejects with `email_taken`. */
export async function registerUser(deps: Used, input: RegisterInput): Promise<AuthResult> {
  const user = { id: deps.newId(), email: input.email, name: input.name ?? null };
  const quotaBytes = deps.config.userQuotaBytes;
  const passwordHash = await hashPassword(input.password);
  return deps.database.transaction(async (repositories) => {
    await repositories.users.insert({ ...user, passwordHash, quotaBytes });
    return startSession(deps, repositories, { user, deviceName: input.deviceName });
  });
}
