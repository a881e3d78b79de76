import { InstashareError, isInstashareError } from '../errors/instashare-error.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import { retrying } from '../retry/retrying.ts';
import type { Tokens } from './auth-store.ts';

/** A lost answer is asked for again at once and with the same token: the server repeats it. */
const REFRESH_RETRY: RetryPolicy = { baseMs: 250, capMs: 2_000, stalledAfterMs: 15_000 };
/** It is a small question: a line on which no answer comes soon is broken, and other processes wait for us. */
const REFRESH_TIMEOUT_MS = 5_000;

export interface ExchangeOptions {
  /** Exchanges a refresh token; rejects with an InstashareError. */
  readonly refresh: (refreshToken: string, signal: AbortSignal) => Promise<Tokens>;
  readonly refreshTimeoutMs?: number;
}

/** Exchanges tokens, until the signal says that nobody wants them. A session that has ended is remembered, so that one who goes on asking does not hammer. */
export function createExchange(options: ExchangeOptions) {
  let ended: { readonly refreshToken: string; readonly error: InstashareError } | null = null;
  return async (refreshToken: string, signal: AbortSignal): Promise<Tokens> => {
    if (ended?.refreshToken === refreshToken) throw ended.error;
    try {
      return await retrying(() => refreshInTime(options, refreshToken, signal), {
        policy: REFRESH_RETRY,
        signal,
      });
    } catch (error) {
      if (isInstashareError(error, 'session_ended', 'unauthenticated')) ended = { refreshToken, error };
      throw error;
    }
  };
}

async function refreshInTime(
  { refresh, refreshTimeoutMs = REFRESH_TIMEOUT_MS }: ExchangeOptions,
  refreshToken: string,
  signal: AbortSignal,
): Promise<Tokens> {
  const timeout = AbortSignal.timeout(refreshTimeoutMs);
  try {
    return await refresh(refreshToken, AbortSignal.any([signal, timeout]));
  } catch (cause) {
    if (signal.aborted || !timeout.aborted) throw cause;
    throw new InstashareError('network', 'The server did not answer in time', { cause });
  }
}
