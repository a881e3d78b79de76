import type { Database } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import type { UserFeed } from './user-feed.ts';

/** How often it looks for news of which no signal came. */
const INTERVAL_MS = 30_000;
/** And when the database did not answer. */
const RETRY_MS = 1_000;

export interface Lookout extends Disposable {
  lookNow(): void;
}

/** Looks now and then, without having been told of any, for news for all who are followed: by one query. */
export function createLookout(options: {
  readonly database: Database;
  readonly feeds: ReadonlyMap<string, UserFeed>;
  readonly log: Log;
}): Lookout {
  const { database, feeds, log } = options;
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isAskedAgain = false;
  let hasEnded = false;

  const look = async (): Promise<void> => {
    const known = new Map<string, number>();
    for (const [userId, { seenSeq }] of feeds) if (seenSeq !== null) known.set(userId, seenSeq);
    if (known.size === 0) return;
    for (const userId of await database.repositories.changes.findNews(known)) feeds.get(userId)?.tellNews();
  };

  const run = async (): Promise<void> => {
    isLooking = true;
    isAskedAgain = false;
    let pauseMs = INTERVAL_MS;
    try {
      await look();
    } catch (error) {
      log.warn({ err: error }, 'could not look for news');
      pauseMs = RETRY_MS;
    }
    isLooking = false;
    if (!hasEnded) schedule(isAskedAgain ? 0 : pauseMs);
  };

  const schedule = (waitMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), waitMs);
    timer.unref();
  };

  schedule(INTERVAL_MS);
  return {
    lookNow() {
      isAskedAgain = true;
      if (!isLooking && !hasEnded) schedule(0);
    },
    [Symbol.dispose]() {
      hasEnded = true;
      clearTimeout(timer);
    },
  };
}
