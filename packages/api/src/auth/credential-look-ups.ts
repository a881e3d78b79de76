import type { Database, LiveSession, WorkingToken } from '@instashare/backend/database';
import type { AccessClaims } from './access-tokens.ts';
import { gather } from './gather.ts';

/**
 * Whether what a request came with lets somebody in as of now. The database is asked for every request, and for many at
 * once by one statement: a log-out, a revocation or a deleted account counts at once.
 */
export interface CredentialLookUps {
  /** Whether the session lives, and its user does. The first use after a rotation is noted. */
  isLive(claims: AccessClaims): Promise<boolean>;
  /** The token with this hash, if it works. That it was used is noted. */
  token(sha256: string): Promise<WorkingToken | null>;
}

export function createCredentialLookUps({
  database: {
    repositories: { sessions, tokens },
  },
  now,
}: {
  readonly database: Pick<Database, 'repositories'>;
  readonly now: () => Date;
}): CredentialLookUps {
  const sessionOf = gather<string, LiveSession>(async (ids) => {
    const found = await sessions.findLive([...ids], now());
    return new Map(found.map((session) => [session.id, session]));
  });
  const tokenOf = gather<string, WorkingToken>(async (sha256s) => {
    const found = await tokens.findWorking([...sha256s], now());
    return new Map(found.map((token) => [token.tokenSha256, token]));
  });
  return {
    async isLive({ sessionId, userId, generation }) {
      const session = await sessionOf(sessionId);
      if (session?.userId !== userId) return false;
      // By each for itself: this may have to wait for others.
      if (session.generation === generation && !session.isConfirmed) await sessions.confirm(session, now());
      return true;
    },
    async token(sha256) {
      const token = await tokenOf(sha256);
      if (token !== null) await tokens.noteUse(token, now());
      return token;
    },
  };
}
