import { createHash, createHmac } from 'node:crypto';
import { deriveKey } from './access-tokens.ts';

/**
 * Refresh tokens: `<session id>.<generation>.<signature>`, each good for one exchange.
 *
 * A token is derived from the secret, its session and its generation, so a client that lost the answer to an
 * exchange can repeat it and get the very same successor, and still nothing but a hash is stored.
 */
export interface RefreshTokens {
  make(sessionId: string, generation: number): string;
  /** null when the token is not one of ours. */
  parse(token: string): { sessionId: string; generation: number } | null;
  sha256(token: string): string;
}

export function createRefreshTokens(secret: string): RefreshTokens {
  const key = deriveKey(secret, 'refresh-token');
  const make = (sessionId: string, generation: number) => {
    const body = `${sessionId}.${generation}`;
    return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
  };
  const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');
  return {
    make,
    sha256,
    parse(token) {
      const match = /^([0-9a-f-]{36})\.(\d{1,9})\.[\w-]{43}$/.exec(token);
      if (match?.[1] === undefined || match[2] === undefined) return null;
      const parsed = { sessionId: match[1], generation: Number(match[2]) };
      // Hashes are compared, so that the time of the comparison tells nothing of the token.
      return sha256(make(parsed.sessionId, parsed.generation)) === sha256(token) ? parsed : null;
    },
  };
}
