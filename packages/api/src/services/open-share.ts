import { isPassword } from '@instashare/backend/accounts';
import type { ShareRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import { sha256OfShareToken } from '@instashare/backend/secrets';
import type { Origin } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';

/** For so long a password that was given opens its share. */
const UNLOCKED_MS = 60 * 60_000;

type Used = Pick<Dependencies, 'database' | 'now' | 'shareUnlocks'>;

/** What a visitor comes with. */
export interface Visit {
  /** The last part of the link. */
  readonly token: string;
  /** What they were given for the password, if any. */
  readonly unlock: string;
}

/**
 * The share that a link leads to. Rejects with `share_not_found`, whether there never was one, or it is over; and with
 * `share_locked` for who has not given its password.
 */
export async function openShare(deps: Used, { token, unlock }: Visit): Promise<ShareRow> {
  const share = await deps.database.repositories.shares.findOpen(sha256OfShareToken(token), deps.now());
  if (share === null) throw errors.shareNotFound();
  const { id, passwordHash } = share;
  if (passwordHash !== null && !deps.shareUnlocks.isValid(unlock, { id, passwordHash }, deps.now())) {
    throw errors.shareLocked();
  }
  return share;
}

/** What opens the share from now on. Rejects with `invalid_credentials`, `rate_limited` and `share_not_found`. */
export async function unlockShare(
  deps: Used & Pick<Dependencies, 'attempts'>,
  { token, password }: { readonly token: string; readonly password: string },
  { address }: Origin,
): Promise<{ unlock: string; expiresAt: Date }> {
  const share = await deps.database.repositories.shares.findOpen(sha256OfShareToken(token), deps.now());
  if (share === null) throw errors.shareNotFound();
  await deps.attempts.count({ action: 'share', address, account: share.id });
  const { id, passwordHash } = share;
  if (passwordHash === null || !(await isPassword(passwordHash, password)))
    throw errors.wrongPassword('password');
  await deps.attempts.forgive({ action: 'share', account: id });
  const expiresAt = new Date(deps.now().getTime() + UNLOCKED_MS);
  return { unlock: deps.shareUnlocks.make({ id, passwordHash }, expiresAt), expiresAt };
}
