import { InstashareError } from '../errors/instashare-error.ts';
import type { Session } from './session.ts';

/** An access token that was made for a program, such as a personal one: nothing refreshes it. */
export interface FixedToken {
  readonly accessToken: string;
}

/**
 * The session of a token that can't be renewed. Once the server has refused it, it is not sent any more: asking
 * again and again with a token that was revoked would change nothing.
 */
export function createFixedSession({ accessToken }: FixedToken): Session {
  let isRefused = false;
  const refuse = () => {
    const message = 'This client was given an access token: it can neither log in nor out';
    return Promise.reject(new InstashareError('invalid_input', message));
  };
  return {
    accessToken() {
      if (!isRefused) return Promise.resolve(accessToken);
      const message =
        'The server does not accept the access token: it was revoked, has expired, or is of another server';
      return Promise.reject(new InstashareError('token_refused', message));
    },
    reject(refused) {
      if (refused === accessToken) isRefused = true;
    },
    replace: refuse,
    leave: refuse,
  };
}
