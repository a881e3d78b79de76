import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseAway } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { ChangeEvent, LiveEvent, ProgressEvent, SubscribeInput } from '@instashare/contracts';
import type { LiveStream } from '../live/live-stream.ts';
import type { Dependencies } from './dependencies.ts';
import { type ChangesRead, currentSeq, readChanges } from './read-changes.ts';
import { isBelow } from './to-change-event.ts';
import { msUntilExpiry, type Watched, watchAccess } from './watch-access.ts';

/** How long until a database that is away is asked again. */
const AWAY_PAUSE_MS = 1_000;

/** What there is to tell, and the id that stands for it: who goes on from there misses nothing. */
export interface LiveBatch {
  readonly id: string;
  /** None: the id has moved past what is not for this one, or the stream shows that it lives. */
  readonly events: readonly (ChangeEvent | ProgressEvent)[];
}

export interface Follower extends Watched {
  readonly userId: string;
  /** Aborts when nobody is there any more. */
  readonly signal: AbortSignal;
}

type Used = Pick<Dependencies, 'config' | 'database' | 'live'>;

/**
 * A user's events from now on, or from behind the event given; ends when `signal` aborts. Takes no event out of the
 * database before the one before was taken. While the database is away it only shows that it lives. Throws
 * `too_many_streams`, `cursor_expired`, `unavailable` when the process stops, and whatever `confirmAccess` says.
 */
export async function* followEvents(
  deps: Used,
  follower: Follower,
  { lastEventId, pathPrefix = '' }: SubscribeInput,
): AsyncGenerator<LiveBatch, void, void> {
  using stream = deps.live.open(follower.userId);
  const heartbeatMs = deps.config.events.heartbeatSeconds * 1000;
  const signal = AbortSignal.any([follower.signal, stream.stopped]);
  const afterSeq = lastEventId ?? (await currentSeq(deps, follower.userId));
  let read: ChangesRead = { events: [], seq: Number(afterSeq), hasMore: false };
  if (lastEventId !== undefined) read = await readOn(stream, read, pathPrefix);
  yield { id: String(read.seq), events: read.events };

  let toldAtMs = performance.now();
  let expiresAt: Date | null = null;
  while (!signal.aborted) {
    const waitMs = Math.min(toldAtMs + heartbeatMs - performance.now(), msUntilExpiry(expiresAt));
    if (!read.hasMore) await stream.wait(waitMs, signal);
    stream.takeDoubt();
    const isDue = performance.now() >= toldAtMs + heartbeatMs;
    const progress = stream.takeProgress().filter((event) => isBelow(pathPrefix, event));
    let events: LiveBatch['events'] = [];
    try {
      const next = await readOn(stream, read, pathPrefix);
      ({ expiresAt } = await follower.confirmAccess());
      // Only now: what is not told must be read again.
      read = next;
      events = [...next.events, ...progress];
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      stream.putNewsBack();
      await delay(AWAY_PAUSE_MS, undefined, { signal }).catch(() => {});
    }
    if (signal.aborted || (events.length === 0 && !isDue)) continue;
    const watching = watchAccess(stream, follower, expiresAt);
    try {
      yield { id: String(read.seq), events };
    } finally {
      watching[Symbol.dispose]();
    }
    toldAtMs = performance.now();
  }
  if (stream.stopped.aborted) throw errors.stopping();
}

/** A batch one by one. Where its id is not that of its last change, a `cursor` ends it. */
export function toLiveEvents({ id, events }: LiveBatch): LiveEvent[] {
  const lastChange = events.findLast((event) => event.kind !== 'progress');
  return lastChange?.id === id ? [...events] : [...events, { kind: 'cursor', id }];
}

/** Goes on reading behind what was read, if there is anything. */
async function readOn(
  stream: LiveStream,
  { seq, hasMore }: ChangesRead,
  pathPrefix: string,
): Promise<ChangesRead> {
  if (!stream.takeNews() && !hasMore) return { events: [], seq, hasMore };
  return readChanges(await stream.page(seq), { afterSeq: seq, pathPrefix });
}
