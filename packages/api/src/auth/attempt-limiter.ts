import { attemptKey, type LimitedAction } from '@instashare/backend/accounts';
import type { Database } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import { networkOf } from './network-of.ts';

/** Who attempts: from an address, at an account (by whatever it is known), or both. */
export interface Attempt {
  readonly action: LimitedAction;
  readonly address?: string;
  readonly account?: string;
}

/** Slows down who guesses passwords or makes accounts by the thousand. */
export interface AttemptLimiter {
  /** Counts an attempt before it is made. Rejects with `rate_limited` when there were too many in this minute. */
  count(attempt: Attempt): Promise<void>;
  /** The attempt at the account was right: those before it no longer count. */
  forgive(attempt: Attempt): Promise<void>;
}

export interface AttemptLimits {
  readonly perAddress: number;
  readonly perAccount: number;
}

const WINDOW_SECONDS = 60;
/** Share links that an account may make: nothing that is guessed, but a password to hash, and a line of the audit trail. */
const SHARES_PER_WINDOW = 60;

/** Counts in the database, so that all api processes count together. Ordinary requests are not counted. */
export function createAttemptLimiter(
  { repositories: { attempts } }: Pick<Database, 'repositories'>,
  { perAddress, perAccount }: AttemptLimits,
): AttemptLimiter {
  async function countOne(key: string, limit: number): Promise<void> {
    const counted = await attempts.count([key], WINDOW_SECONDS);
    const waits = counted.filter(({ count }) => count > limit).map(({ resetsInSeconds }) => resetsInSeconds);
    if (waits.length > 0) throw errors.rateLimited(Math.max(1, ...waits));
  }
  return {
    async count({ action, address, account }) {
      if (address !== undefined)
        await countOne(attemptKey(action, 'address', networkOf(address)), perAddress);
      // Not for an address that was refused: it could fill the table with accounts that it makes up, and lock real ones.
      if (account !== undefined) {
        const limit = action === 'make a share' ? SHARES_PER_WINDOW : perAccount;
        await countOne(attemptKey(action, 'account', account), limit);
      }
    },
    async forgive({ action, account }) {
      if (account !== undefined) await attempts.forget(attemptKey(action, 'account', account));
    },
  };
}
