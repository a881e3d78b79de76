import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseAway } from '@instashare/backend/database';
import type { LiveStream } from '../live/live-stream.ts';

/** A busy account is told of something many times a second. */
const PAUSE_MS = 1_000;

/** One who is told of events for as long as they may be. */
export interface Watched {
  /** Looks again whether whoever asked may still be told, and until when (null: until it is revoked). Rejects when not. */
  readonly confirmAccess: () => Promise<{ readonly expiresAt: Date | null }>;
  /** Ends the connection without a word: whoever takes nothing can be told nothing. */
  readonly cut: () => void;
}

/**
 * Looks after the access of a stream whose client has not taken what it was given before, and which therefore can not
 * look by itself. A client that takes it costs nothing: it is looked at when something is told, or access expires.
 */
export function watchAccess(
  stream: Pick<LiveStream, 'watch'>,
  { confirmAccess, cut }: Watched,
  expiresAt: Date | null,
): Disposable {
  const over = new AbortController();
  const { signal } = over;
  let isLooking = false;
  let isAskedAgain = false;

  const lookUntilQuiet = async (): Promise<void> => {
    do {
      isAskedAgain = false;
      try {
        await confirmAccess();
      } catch (error) {
        if (!isDatabaseAway(error)) {
          if (!signal.aborted) cut();
          return;
        }
        isAskedAgain = true;
      }
      await delay(PAUSE_MS, undefined, { signal, ref: false }).catch(() => {});
    } while (isAskedAgain && !signal.aborted);
  };
  const look = (): void => {
    isAskedAgain = true;
    if (isLooking) return;
    isLooking = true;
    void lookUntilQuiet().finally(() => {
      isLooking = false;
    });
  };

  const watching = stream.watch(look);
  const timer = setTimeout(look, msUntilExpiry(expiresAt));
  timer.unref();
  return {
    [Symbol.dispose]() {
      over.abort();
      clearTimeout(timer);
      watching[Symbol.dispose]();
    },
  };
}

const LONGEST_TIMER_MS = 24 * 60 * 60 * 1000;
/** Timers may go off a little early, and then it would be good still. */
const LATER_MS = 5;

/** How long until it is worth asking whether access has expired; at most a day. */
export const msUntilExpiry = (expiresAt: Date | null): number =>
  expiresAt === null
    ? LONGEST_TIMER_MS
    : Math.min(Math.max(0, expiresAt.getTime() - Date.now()) + LATER_MS, LONGEST_TIMER_MS);
