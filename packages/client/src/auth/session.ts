import { InstashareError, isInstashareError } from '../errors/instashare-error.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import { retrying } from '../retry/retrying.ts';
import type { AuthStore, Tokens } from './auth-store.ts';

/** Refreshing this long before the expiry keeps a call from arriving with a token that has just died. */
const EARLY_MS = 60_000;

/**
 * A lost answer is asked for again at once and with the same token: for a short while the server repeats the
 * answer, later the same request would look like theft and end the session.
 */
const REFRESH_RETRY: RetryPolicy = { baseMs: 250, capMs: 2_000, stalledAfterMs: 10_000 };

export interface SessionOptions {
  readonly auth: AuthStore;
  /** Exchanges a refresh token; rejects with an InstashareError. */
  readonly refresh: (refreshToken: string) => Promise<Tokens>;
  readonly now?: () => number;
}

/** The log-in, kept fresh. */
export interface Session {
  /** A token to send now. Rejects with `unauthenticated` (nobody is logged in) or `session_ended`. */
  accessToken(): Promise<string>;
  /** The server refused this token: unless it has been replaced already, the next call gets a new one. */
  reject(accessToken: string): void;
  /** Logs in (or out, with null). */
  replace(tokens: Tokens | null): Promise<void>;
}

const notLoggedIn = () => new InstashareError('unauthenticated', 'Nobody is logged in: log in first');

export function createSession({ auth, refresh, now = Date.now }: SessionOptions): Session {
  const exchange = createExchange({ auth, refresh });
  let tokens: Tokens | null = null;
  let running: Promise<Tokens> | null = null;
  let rejected: string | null = null;
  // With a clock that is wrong, a token looks expired when it arrives: then only the server can say.
  let trusted: string | null = null;

  const isUsable = (candidate: Tokens): boolean =>
    candidate.accessToken !== rejected &&
    (candidate.accessToken === trusted || Date.parse(candidate.expiresAt) - now() > EARLY_MS);

  async function renew(): Promise<Tokens> {
    const stored = await auth.load();
    if (stored === null) throw notLoggedIn();
    if (isUsable(stored)) return stored;
    const fresh = await exchange(stored);
    trusted = fresh.accessToken;
    return fresh;
  }

  async function load(): Promise<Tokens> {
    const loaded = tokens ?? (await auth.load());
    if (loaded !== null && isUsable(loaded)) return loaded;
    return auth.exclusively === undefined ? renew() : auth.exclusively(renew);
  }

  return {
    async accessToken() {
      if (tokens !== null && isUsable(tokens)) return tokens.accessToken;
      running ??= load().finally(() => {
        running = null;
      });
      tokens = await running;
      return tokens.accessToken;
    },
    reject(accessToken) {
      if (tokens?.accessToken === accessToken) rejected = accessToken;
    },
    async replace(replacement) {
      tokens = replacement;
      await auth.save(replacement);
    },
  };
}

/** Exchanges and saves. A session that has ended is remembered, so that one who goes on asking does not hammer. */
function createExchange({ auth, refresh }: SessionOptions): (stored: Tokens) => Promise<Tokens> {
  let ended: { readonly refreshToken: string; readonly error: InstashareError } | null = null;
  return async ({ refreshToken }) => {
    if (ended?.refreshToken === refreshToken) throw ended.error;
    try {
      const fresh = await retrying(() => refresh(refreshToken), { policy: REFRESH_RETRY });
      await auth.save(fresh);
      return fresh;
    } catch (error) {
      if (isInstashareError(error, 'session_ended', 'unauthenticated')) ended = { refreshToken, error };
      throw error;
    }
  };
}
