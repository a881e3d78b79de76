import { InstashareError } from '../errors/instashare-error.ts';
import type { AuthStore, Tokens } from './auth-store.ts';
import { createExchange, type ExchangeOptions } from './exchange.ts';
import { createKeptTokens } from './kept-tokens.ts';
import { withAccessToken } from './with-access-token.ts';

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
  /** Logs in (or out, with null). What a refresh of the log-in before comes to changes nothing any more. */
  replace(tokens: Tokens | null): Promise<void>;
  /** Logs out, whatever comes of telling the server: unless somebody logs in meanwhile, whose log-in stays. */
  leave(tell: (accessToken: string) => Promise<void>): Promise<void>;
}

const notLoggedIn = () => new InstashareError('unauthenticated', 'Nobody is logged in: log in first');

export function createSession({ now = Date.now, ...options }: SessionOptions): Session {
  const kept = createKeptTokens(options.auth, now);
  const exchange = createExchange(options);
  const judge = createJudge(now);
  let tokens: Tokens | null = null;
  /** The log-in of now; aborted when another one, or none, takes its place. */
  let current = new AbortController();
  let replacing: Promise<void> = Promise.resolve();

  async function renew(signal: AbortSignal): Promise<Tokens> {
    signal.throwIfAborted();
    const stored = await kept.load();
    if (stored === null) throw notLoggedIn();
    if (judge.isUsable(stored)) return stored;
    const fresh = await exchange(stored.refreshToken, signal);
    await kept.save(fresh, stored.refreshToken);
    judge.trust(fresh);
    return fresh;
  }

  const find = shared(async (signal) => {
    const loaded = tokens ?? (await kept.load());
    if (loaded !== null && judge.isUsable(loaded)) return loaded;
    return kept.alone(() => renew(signal));
  });

  async function accessToken(): Promise<string> {
    void kept.saveAgain();
    for (;;) {
      if (tokens !== null && judge.isUsable(tokens)) return tokens.accessToken;
      // Until then the store has the log-in before.
      await replacing.catch(() => undefined);
      const { signal } = current;
      try {
        const found = await find(signal);
        if (!signal.aborted) return (tokens = found).accessToken;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  function reject(refused: string): void {
    if (tokens?.accessToken === refused) judge.distrust(refused);
  }

  async function replace(replacement: Tokens | null): Promise<void> {
    current.abort();
    current = new AbortController();
    tokens = replacement;
    replacing = kept.replace(replacement);
    await replacing;
  }

  const login = { accessToken, reject, replace };
  return { ...login, leave: (tell) => leave(login, current.signal, tell) };
}

/** The signal is aborted when somebody logs in or out. */
async function leave(
  { accessToken, reject, replace }: Omit<Session, 'leave'>,
  signal: AbortSignal,
  tell: (accessToken: string) => Promise<void>,
): Promise<void> {
  const tellOfThis = async (token: string) => {
    if (!signal.aborted) await tell(token);
  };
  try {
    await withAccessToken({ accessToken, rejectAccessToken: reject }, tellOfThis);
  } finally {
    if (!signal.aborted) await replace(null);
  }
}

/** Which tokens are to be sent. */
function createJudge(now: () => number) {
  let rejected: string | null = null;
  // With a clock that is wrong, a token looks expired when it arrives: then only the server can say.
  let trusted: string | null = null;
  const isFresh = ({ expiresAt }: Tokens): boolean => Date.parse(expiresAt) - now() > EARLY_MS;
  return {
    isUsable: (candidate: Tokens): boolean =>
      candidate.accessToken !== rejected && (candidate.accessToken === trusted || isFresh(candidate)),
    trust(fresh: Tokens): void {
      trusted = isFresh(fresh) ? null : fresh.accessToken;
    },
    distrust(accessToken: string): void {
      rejected = accessToken;
    },
  };
}

/** Callers of one moment share one run, unless their signals are different ones. */
function shared<T>(run: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let running: { readonly signal: AbortSignal; readonly result: Promise<T> } | null = null;
  return (signal) => {
    if (running?.signal === signal) return running.result;
    const result = run(signal).finally(() => {
      if (running?.result === result) running = null;
    });
    running = { signal, result };
    return result;
  };
}
