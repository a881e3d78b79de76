import { InstashareError, isInstashareError } from '../errors/instashare-error.ts';
import type { AuthStore, Tokens } from './auth-store.ts';

const SAVE_AGAIN_AFTER_MS = 10_000;

/** The tokens of a store, and those that it could not take: a failure to save must not end the session. */
export interface KeptTokens {
  /** What the store has, or what came after it and could not be saved. Rejects with `auth_store_failed`. */
  load(): Promise<Tokens | null>;
  /** Keeps what `spent` was exchanged for, at least as long as this process lives. */
  save(tokens: Tokens, spent: string): Promise<void>;
  /** Keeps those of another log-in, or none. Rejects with `auth_store_failed`. */
  replace(tokens: Tokens | null): Promise<void>;
  /** Tries again to save what could not be saved, when there is such and it is time. Never rejects. */
  saveAgain(): Promise<void>;
  /** Runs one task at a time, here and in the other processes that share the store. */
  alone<T>(task: () => Promise<T>): Promise<T>;
}

interface Unsaved {
  readonly tokens: Tokens;
  /** The refresh token that the store still has: with another one, somebody has logged in meanwhile. */
  readonly storedRefreshToken: string;
  againAtMs: number;
}

export function createKeptTokens(auth: AuthStore, now: () => number): KeptTokens {
  let last: Promise<unknown> = Promise.resolve();
  let unsaved: Unsaved | null = null;

  async function load(): Promise<Tokens | null> {
    let stored: Tokens | null;
    try {
      stored = await auth.load();
    } catch (cause) {
      if (unsaved === null) throw storeFailed(cause);
      return unsaved.tokens;
    }
    if (unsaved !== null && stored?.refreshToken === unsaved.storedRefreshToken) return unsaved.tokens;
    unsaved = null;
    return stored;
  }

  async function save(tokens: Tokens, spent: string): Promise<void> {
    try {
      await auth.save(tokens);
      unsaved = null;
    } catch {
      const storedRefreshToken = unsaved?.storedRefreshToken ?? spent;
      unsaved = { tokens, storedRefreshToken, againAtMs: now() + SAVE_AGAIN_AFTER_MS };
    }
  }

  function replace(tokens: Tokens | null): Promise<void> {
    return alone(async () => {
      unsaved = null;
      await auth.save(tokens);
    });
  }

  function alone<T>(task: () => Promise<T>): Promise<T> {
    const run = last.then(() => (auth.exclusively === undefined ? task() : auth.exclusively(task)));
    last = run.catch(() => undefined);
    return run.catch((cause: unknown) => {
      throw isInstashareError(cause) ? cause : storeFailed(cause);
    });
  }

  async function saveAgain(): Promise<void> {
    if (unsaved === null || now() < unsaved.againAtMs) return;
    unsaved.againAtMs = now() + SAVE_AGAIN_AFTER_MS;
    const attempt = async () => {
      await load();
      if (unsaved !== null) await save(unsaved.tokens, unsaved.storedRefreshToken);
    };
    // Not possible still: the next one asks again.
    await alone(attempt).catch(() => undefined);
  }

  return { load, save, replace, saveAgain, alone };
}

function storeFailed(cause: unknown): InstashareError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new InstashareError('auth_store_failed', `The log-in can't be read or kept: ${why}`, { cause });
}
