import { isInstashareError } from '../errors/instashare-error.ts';
import { untilAborted } from '../retry/until-aborted.ts';
import { REFUSALS } from './refusals.ts';
import type { Session } from './session.ts';

/** What gives tokens; a client does. */
export interface AccessTokens {
  accessToken: Session['accessToken'];
  rejectAccessToken: Session['reject'];
}

/**
 * Runs `request` with a token that is good now, and once more with a new one when the server refuses it. A refresh is for
 * all who wait for it: the signal ends only the waiting.
 */
export async function withAccessToken<T>(
  tokens: AccessTokens,
  request: (accessToken: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const token = await untilAborted(tokens.accessToken(), signal);
  try {
    return await request(token);
  } catch (error) {
    if (!isInstashareError(error, ...REFUSALS)) throw error;
    tokens.rejectAccessToken(token);
    return request(await untilAborted(tokens.accessToken(), signal));
  }
}
