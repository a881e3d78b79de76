import { isPassword } from '@instashare/backend/accounts';
import type { UserRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { AuditDetails, LoginInput } from '@instashare/contracts';
import type { Origin } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/** Who may log in here beside having the right password. */
interface Door {
  readonly origin: Origin;
  readonly isOpenTo: (user: UserRow) => boolean;
  /** What the owner of an account is told of a failure there; whoever tried is told nothing of it. */
  readonly tellFailure?: (isRight: boolean) => AuditDetails;
}

/**
 * Whose e-mail address and password these are. Rejects with `invalid_credentials`, in the same words and time for a wrong
 * password, an unknown address and somebody who may not log in here: all hash a password, count an attempt and write down
 * a failure. Rejects with `rate_limited`, for all alike.
 */
export async function proveLogIn(
  deps: Pick<Dependencies, 'attempts' | 'database' | 'newId' | 'now'>,
  { email, password }: Pick<LoginInput, 'email' | 'password'>,
  { origin, isOpenTo, tellFailure = () => ({}) }: Door,
): Promise<UserRow> {
  await deps.attempts.count({ action: 'log in', address: origin.address, account: email });
  const user = await deps.database.repositories.users.findByEmail(email);
  const isRight = await isPassword(user?.passwordHash ?? null, password);
  if (user !== null && isRight && isOpenTo(user)) return user;
  const actor = { userId: user?.id ?? null, origin };
  const details = tellFailure(user !== null && isRight);
  await recordAudit(deps, deps.database.repositories, { actor, kind: 'log_in_failed', details });
  throw errors.invalidCredentials();
}

/** They are in: attempts before this one no longer count. */
export const forgiveLogIns = (
  { attempts }: Pick<Dependencies, 'attempts'>,
  { email }: Pick<LoginInput, 'email'>,
): Promise<void> => attempts.forgive({ action: 'log in', account: email });
