import { createHmac } from 'node:crypto';
import { isSameSecret } from '@instashare/backend/secrets';
import { deriveKey } from './access-tokens.ts';

/**
 * What the browser of an admin keeps, `<session id>.<signature>`: it names a row of `sessions`, in which it is not written.
 * Signed by a key of its own, so that it is no token of the api, and no token of the api is it.
 */
export interface AdminSessions {
  make(sessionId: string): string;
  /** null when it is not one of ours. */
  sessionIdOf(value: string): string | null;
}

export function createAdminSessions(secret: string): AdminSessions {
  const key = deriveKey(secret, 'admin-session');
  const sign = (sessionId: string) => createHmac('sha256', key).update(sessionId).digest('base64url');
  return {
    make: (sessionId) => `${sessionId}.${sign(sessionId)}`,
    sessionIdOf(value) {
      const [, sessionId = '', signature = ''] = /^([0-9a-f-]{36})\.([\w-]{43})$/.exec(value) ?? [];
      if (sessionId === '') return null;
      return isSameSecret(signature, sign(sessionId)) ? sessionId : null;
    },
  };
}
