/**
 * Who follows whose events in this process, and how they learn of news: by the signals of other processes, and,
 * because a signal may be lost, by looking now and then. Events themselves pass through here only as what can be
 * read in the database.
 *
 * Knows no protocol: neither HTTP nor tRPC.
 */
import type { Database } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { Log } from '@instashare/backend/log';
import type { ProgressEvent } from '@instashare/contracts';
import type { LiveStream } from './live-stream.ts';
import { createLookout } from './lookout.ts';
import { createUserFeed, type UserFeed } from './user-feed.ts';

export interface LiveHub extends Disposable {
  /** Follows a user's events. Throws `too_many_streams`, or `unavailable` when the process stops. */
  open(userId: string): LiveStream;
  /** These users have news; `everyone`: signals may have been lost. */
  tellNews(userIds: ReadonlySet<string> | 'everyone'): void;
  tellProgress(userId: string, event: ProgressEvent): void;
  /** Whom somebody follows in this process. */
  followed(): readonly string[];
  /** Ends all streams, and takes no more. */
  stop(): void;
}

export function createLiveHub(options: {
  readonly database: Database;
  readonly streamsPerUser: number;
  readonly log: Log;
}): LiveHub {
  const { database, streamsPerUser, log } = options;
  const feeds = new Map<string, UserFeed>();
  let hasStopped = false;
  const lookout = createLookout({ database, feeds, log });

  return {
    open(userId) {
      if (hasStopped) throw errors.stopping();
      const feed = feeds.get(userId) ?? createUserFeed(userId, database);
      if (feed.size >= streamsPerUser) throw errors.tooManyStreams(streamsPerUser);
      feeds.set(userId, feed);
      return feed.open(() => {
        if (feed.size === 0) feeds.delete(userId);
      });
    },
    tellNews(userIds) {
      if (userIds === 'everyone') {
        lookout.lookNow();
        // What was lost may have been the end of a session, which no change tells of.
        for (const feed of feeds.values()) feed.tellDoubt();
      } else for (const userId of userIds) feeds.get(userId)?.tellNews();
    },
    tellProgress: (userId, event) => feeds.get(userId)?.tellProgress(event),
    followed: () => [...feeds.keys()],
    stop() {
      hasStopped = true;
      for (const feed of feeds.values()) feed.stop();
    },
    [Symbol.dispose]: () => lookout[Symbol.dispose](),
  };
}
