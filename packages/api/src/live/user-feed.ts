import type { Database } from '@instashare/backend/database';
import type { ProgressEvent } from '@instashare/contracts';
import { createStream, type LiveStream, type StreamEnd } from './live-stream.ts';
import { createSingleFlight } from './single-flight.ts';

/** A user who uploads thousands of files makes news all the time: they are looked for no more often than this. */
const MIN_INTERVAL_MS = 100;
/** Changes that a stream has in memory at once. */
const PAGE_SIZE = 100;

/** Those in this process who follow one user's events. */
export interface UserFeed {
  /** The newest change that all of them have looked for; null: none of them has looked yet. */
  readonly seenSeq: number | null;
  readonly size: number;
  open(onDispose: () => void): LiveStream;
  tellNews(): void;
  tellDoubt(): void;
  tellProgress(event: ProgressEvent): void;
  stop(): void;
}

export function createUserFeed(userId: string, database: Database): UserFeed {
  const ends = new Set<StreamEnd>();
  const pages = createSingleFlight((afterSeq: number) =>
    database.repositories.changes.page(userId, { afterSeq, limit: PAGE_SIZE }),
  );
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;

  const tell = (): void => {
    timer = null;
    toldAtMs = performance.now();
    pages.startAnew();
    for (const end of ends) end.tellNews();
  };

  return {
    get seenSeq() {
      const seen = [...ends].flatMap((end) => end.seenSeq ?? []);
      return seen.length === 0 ? null : seen.reduce((least, seq) => Math.min(least, seq));
    },
    get size() {
      return ends.size;
    },
    open(onDispose) {
      const end = createStream({
        page: (afterSeq) => pages.get(afterSeq),
        onDispose() {
          ends.delete(end);
          if (ends.size === 0 && timer !== null) clearTimeout(timer);
          onDispose();
        },
      });
      ends.add(end);
      return end.stream;
    },
    tellNews() {
      if (timer !== null) return;
      const waitMs = toldAtMs + MIN_INTERVAL_MS - performance.now();
      if (waitMs <= 0) tell();
      else timer = setTimeout(tell, waitMs);
    },
    tellDoubt() {
      for (const end of ends) end.tellDoubt();
    },
    tellProgress(event) {
      for (const end of ends) end.tellProgress(event);
    },
    stop() {
      for (const end of ends) end.stop();
    },
  };
}
