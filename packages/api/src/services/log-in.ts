import { errors } from '@instashare/backend/errors';
import type { AuthResult, LoginInput } from '@instashare/contracts';
import { isPassword } from '../auth/passwords.ts';
import type { Dependencies } from './dependencies.ts';
import { startSession } from './start-session.ts';

type Used = Parameters<typeof startSession>[0] & Pick<Dependencies, 'database'>;

/** Rejects with `invalid_credentials`, in the same words and time for a wrong password and an unknown address. */
export async function logIn(deps: Used, input: LoginInput): Promise<AuthResult> {
  const user = await deps.database.repositories.users.findByEmail(input.email);
  if (!(await isPassword(user?.passwordHash ?? null, input.password)) || user === null) {
    throw errors.invalidCredentials();
  }
  const { id, email, name } = user;
  return startSession(deps, deps.database.repositories, {
    user: { id, email, name },
    deviceName: input.deviceName,
  });
}
