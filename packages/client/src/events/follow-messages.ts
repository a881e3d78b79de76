import { REFUSALS } from '../auth/refusals.ts';
import type { Session } from '../auth/session.ts';
import type { ContentTransport } from '../download/content-transport.ts';
import { type InstashareError, isInstashareError } from '../errors/instashare-error.ts';
import { networkError } from '../errors/network-error.ts';
import { isTransient } from '../errors/to-instashare-error.ts';
import { backoffMs, type RetryPolicy } from '../retry/retry-policy.ts';
import { sleep } from '../retry/sleep.ts';
import { untilAborted } from '../retry/until-aborted.ts';
import { openStream } from './open-stream.ts';
import { type Message, readMessages } from './read-messages.ts';

/** A stream is followed for as long as somebody wants it: it never gives up on what may pass. */
const POLICY: Pick<RetryPolicy, 'baseMs' | 'capMs'> = { baseMs: 250, capMs: 20_000 };
/** A new token that is refused at once: asking for yet another one would go on for ever. */
const MOST_REFUSALS = 2;

export interface FollowOptions {
  readonly url: URL;
  readonly session: Pick<Session, 'accessToken' | 'reject'>;
  /** By the platform's `fetch` when left out. */
  readonly openStream?: ContentTransport | undefined;
  /** Empty: from now on. */
  readonly lastEventId: string;
  /** What a message says to be the reason why the stream ends; null for one that is none. */
  readonly errorOf: (message: Message) => InstashareError | null;
  /** The connection is away, and is made again after this time. */
  readonly onInterruption?: ((error: InstashareError, waitMs: number) => void) | undefined;
  readonly signal: AbortSignal;
}

/**
 * The messages of a stream, over as many connections as it takes: each goes on behind the last message, with a token
 * that is good then. Throws what does not pass by itself, and the signal's reason.
 */
export async function* followMessages(options: FollowOptions): AsyncGenerator<Message, void, void> {
  const { session, signal } = options;
  let { lastEventId } = options;
  let failures = 0;
  let refusals = 0;
  for (;;) {
    let accessToken: string | null = null;
    let error: unknown;
    try {
      accessToken = await untilAborted(session.accessToken(), signal);
      for await (const message of connect(options, accessToken, lastEventId)) {
        ({ lastEventId } = message);
        failures = 0;
        refusals = 0;
        yield message;
      }
      error = networkError(options.url.origin, new Error('the stream ended'));
    } catch (cause) {
      error = cause;
    }
    signal.throwIfAborted();
    if (accessToken !== null && isInstashareError(error, ...REFUSALS)) {
      session.reject(accessToken);
      refusals += 1;
      if (refusals < MOST_REFUSALS) continue;
    }
    if (!isInstashareError(error) || !isTransient(error)) throw error;
    failures += 1;
    const waitMs = Math.max(error.retryAfterMs ?? 0, backoffMs(failures, POLICY));
    options.onInterruption?.(error, waitMs);
    await sleep(waitMs, signal);
  }
}

async function* connect(
  { url, errorOf, signal, openStream: open }: FollowOptions,
  accessToken: string,
  lastEventId: string,
): AsyncGenerator<Message, void, void> {
  const bytes = openStream({ url, accessToken, lastEventId, signal, open });
  for await (const message of readMessages(bytes, lastEventId)) {
    const error = errorOf(message);
    if (error !== null) throw error;
    yield message;
  }
}
