import type { AuthResult } from '@instashare/contracts';

/** What keeps a client logged in, and whom: the answer of a log-in. */
export type Tokens = AuthResult;

/**
 * Where the tokens are kept: a file, a keychain, memory. `load` gives null when nobody is logged in.
 *
 * A refresh token is good for one exchange. A store that several processes share therefore also has
 * `exclusively`, which runs one task at a time among all of them; the client loads again inside it and uses
 * what another process has fetched meanwhile.
 */
export interface AuthStore {
  load(): Promise<Tokens | null>;
  save(tokens: Tokens | null): Promise<void>;
  exclusively?<T>(task: () => Promise<T>): Promise<T>;
}

/** Keeps the tokens in memory: for scripts that log in at every run, and for tests. */
export function createMemoryAuthStore(initial: Tokens | null = null): AuthStore {
  let current = initial;
  return {
    load: () => Promise.resolve(current),
    save: (tokens) => {
      current = tokens;
      return Promise.resolve();
    },
  };
}
