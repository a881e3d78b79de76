import { randomUUID } from 'node:crypto';
import type { Log } from '../log/index.ts';
import type { Channel, ChannelListener } from './channel.ts';
import { openPostgresChannel } from './postgres-channel.ts';
import { openRedisChannel } from './redis-channel.ts';
import { createCoalescingSender, parseMessage } from './send-coalesced.ts';

/** Is told whose news to look for; `everyone`: perhaps anybody's. */
export type NewsListener = (userIds: ReadonlySet<string> | 'everyone') => void;

export interface NewsSignals extends AsyncDisposable {
  /**
   * These users have news, which are committed. Tells the listener of this process at once and the other processes
   * a few times a second; never fails and is not waited for.
   */
  announce(userIds: ReadonlySet<string>): void;
}

export interface NewsSignalsOptions {
  readonly databaseUrl: string;
  /** null: by PostgreSQL. */
  readonly redisUrl: string | null;
  readonly log: Log;
  /** null: this process only announces. Must not fail. */
  readonly listener: NewsListener | null;
}

/** Rejects when the service that carries the signals can not be reached. */
export async function openNewsSignals(options: NewsSignalsOptions): Promise<NewsSignals> {
  const { log, listener } = options;
  const senderId = randomUUID();
  const channel = await openChannel(
    options,
    listener === null ? null : toChannelListener(senderId, listener),
  );
  const sender = createCoalescingSender({
    senderId,
    publish: (messages) => channel.publish(messages),
    onFailure: (error) => log.warn({ err: error }, 'news can not be announced yet'),
  });
  return {
    announce(userIds) {
      listener?.(userIds);
      sender.add(userIds);
    },
    async [Symbol.asyncDispose]() {
      await sender.end();
      await channel[Symbol.asyncDispose]();
    },
  };
}

function openChannel(
  { databaseUrl, redisUrl, log }: NewsSignalsOptions,
  listener: ChannelListener | null,
): Promise<Channel> {
  return redisUrl === null
    ? openPostgresChannel({ url: databaseUrl, log, listener })
    : openRedisChannel({ url: redisUrl, log, listener });
}

/** What this process announced itself, its listener knows already. */
function toChannelListener(ownId: string, listener: NewsListener): ChannelListener {
  return {
    onMessage(message) {
      const parsed = parseMessage(message);
      if (parsed !== null && parsed.senderId !== ownId) listener(parsed.userIds);
    },
    onGap: () => listener('everyone'),
  };
}
