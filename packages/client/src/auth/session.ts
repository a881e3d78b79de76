import { InstashareError } from '../errors/instashare-error.ts';
import type { AuthStore, Tokens } from './auth-store.ts';
import { createExchange, type ExchangeOptions } from './exchange.ts';
import { createKeptTokens } from './kept-tokens.ts';

/** Refreshing this long before the expiry keeps a call from arriving with a token that has just died. */
const EARLY_MS = 60_000;

export interface SessionOptions extends ExchangeOptions {
  readonly auth: AuthStore;
  readonly now?: () => number;
}

/** The log-in, kept fresh. */
export interface Session {
  /**
   * A token to send now. Rejects with `unauthenticated` (nobody is logged in), `session_ended` or
   * `auth_store_failed`.
   */
  accessToken(): Promise<string>;
  /** The server refused this token: unless it has been replaced already, the next call gets a new one. */
  reject(accessToken: string): void;
  /** Logs in (or out, with null). */
  replace(tokens: Tokens | null): Promise<void>;
}

const notLoggedIn = () => new InstashareError('unauthenticated', 'Nobody is logged in: log in first');

export function createSession({ now = Date.now, ...options }: SessionOptions): Session {
  const { auth } = options;
  const kept = createKeptTokens(auth, now);
  const exchange = createExchange(options);
  let tokens: Tokens | null = null;
  let running: Promise<Tokens> | null = null;
  let rejected: string | null = null;
  // With a clock that is wrong, a token looks expired when it arrives: then only the server can say.
  let trusted: string | null = null;

  const isFresh = ({ expiresAt }: Tokens): boolean => Date.parse(expiresAt) - now() > EARLY_MS;
  const isUsable = (candidate: Tokens): boolean =>
    candidate.accessToken !== rejected && (candidate.accessToken === trusted || isFresh(candidate));

  async function renew(): Promise<Tokens> {
    const stored = await kept.load();
    if (stored === null) throw notLoggedIn();
    if (isUsable(stored)) return stored;
    const fresh = await exchange(stored.refreshToken);
    await kept.save(fresh, stored.refreshToken);
    trusted = isFresh(fresh) ? null : fresh.accessToken;
    return fresh;
  }

  async function find(): Promise<Tokens> {
    const loaded = tokens ?? (await kept.load());
    if (loaded !== null && isUsable(loaded)) return loaded;
    return kept.alone(renew);
  }

  return {
    async accessToken() {
      void kept.saveAgain();
      if (tokens !== null && isUsable(tokens)) return tokens.accessToken;
      running ??= find().finally(() => {
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
