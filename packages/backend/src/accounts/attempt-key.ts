import { createHash } from 'node:crypto';

export type LimitedAction = 'log in' | 'register' | 'refresh' | 'password' | 'share' | 'make a share';

/** By what an action's attempts are counted: where they come from, or what they are at, by whatever that is known. */
export type AttemptScope = 'account' | 'address';

/** Nothing in the table tells whose attempts they are. */
export const attemptKey = (action: LimitedAction, scope: AttemptScope, name: string): string =>
  createHash('sha256')
    .update(JSON.stringify([action, scope, name]))
    .digest('hex');
