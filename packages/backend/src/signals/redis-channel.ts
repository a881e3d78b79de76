import { Redis } from 'ioredis';
import type { Channel, ChannelOptions } from './channel.ts';

const CHANNEL = 'instashare:news';
const LAST_RETRY_MS = 5_000;

const connectionOptions = {
  lazyConnect: true,
  // What can not be sent now is kept by who sends it, once, and not by the connection as often as it was tried.
  enableOfflineQueue: false,
  autoResubscribe: false,
  commandTimeout: 10_000,
  retryStrategy: (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 10), LAST_RETRY_MS),
};

/** By publish and subscribe, each over a connection of its own. Rejects when Redis can not be reached at first. */
export async function openRedisChannel({ url, log, listener }: ChannelOptions): Promise<Channel> {
  await using opening = new AsyncDisposableStack();
  const open = async (): Promise<Redis> => {
    const redis = new Redis(url, connectionOptions);
    opening.defer(() => redis.disconnect());
    // Without a listener an error would end the process; the connection is made again by itself.
    redis.on('error', (error: Error) =>
      log.debug({ err: error }, 'the connection for news reports an error'),
    );
    await redis.connect();
    return redis;
  };

  const publisher = await open();
  if (listener !== null) {
    const subscriber = await open();
    subscriber.on('message', (_channel, message: string) => listener.onMessage(message));
    await subscriber.subscribe(CHANNEL);
    subscriber.on('ready', () => {
      // When this fails the connection broke again, and there will be another.
      subscriber.subscribe(CHANNEL).then(listener.onGap, () => {});
    });
  }
  const opened = opening.move();
  return {
    async publish(messages) {
      await Promise.all(messages.map((message) => publisher.publish(CHANNEL, message)));
    },
    [Symbol.asyncDispose]: () => Promise.resolve(opened.disposeAsync()),
  };
}
