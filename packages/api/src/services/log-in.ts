import { errors } from '@instashare/backend/errors';
import type { AuthResult, LoginInput } from '@instashare/contracts';
import type { Origin } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { forgiveLogIns, proveLogIn } from './prove-log-in.ts';
import { startSession } from './start-session.ts';

type Used = Parameters<typeof startSession>[0] & Pick<Dependencies, 'attempts' | 'database'>;

/** Rejects as `proveLogIn` does. */
export async function logIn(deps: Used, input: LoginInput, origin: Origin): Promise<AuthResult> {
  const proved = await proveLogIn(deps, input, { origin, isOpenTo: () => true });
  const { id, email, name, passwordHash } = proved;
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
  await forgiveLogIns(deps, input);
  return result;
}
