import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Channel, ChannelOptions } from './channel.ts';

const CHANNEL = 'instashare_news';
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
const QUERY_TIMEOUT_MS = 10_000;

/**
 * Over one connection, which is made again when it breaks. Resolves when it stands; rejects when it can not be
 * made at first.
 */
export async function openPostgresChannel(options: ChannelOptions): Promise<Channel> {
  const { log, listener } = options;
  const closing = new AbortController();
  let current: Client | null = null;
  let reconnecting: Promise<void> = Promise.resolve();

  const connect = async (): Promise<void> => {
    const client = await connectClient(options, () => {
      if (current !== client || closing.signal.aborted) return;
      current = null;
      log.warn('the connection for news broke');
      reconnecting = reconnect();
    });
    current = client;
  };

  const reconnect = async (): Promise<void> => {
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(2 * waitMs, LAST_RETRY_MS)) {
      try {
        await delay(waitMs, undefined, { signal: closing.signal });
        await connect();
        log.info('the connection for news stands again');
        listener?.onGap();
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        log.debug({ err: error }, 'the connection for news can not be made yet');
      }
    }
  };

  await connect();
  return {
    async publish(messages) {
      if (current === null) throw new Error('the connection for news is down');
      await current.query('SELECT pg_notify($1, message) FROM unnest($2::text[]) AS message', [
        CHANNEL,
        messages,
      ]);
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await reconnecting;
      await current?.end().catch(() => {});
    },
  };
}

/** `onEnd` is called once, when the connection is of no use any more. */
async function connectClient({ url, listener }: ChannelOptions, onEnd: () => void): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'instashare-news',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
    query_timeout: QUERY_TIMEOUT_MS,
  });
  // Without a listener, a connection that breaks would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    // Every commit with a NOTIFY takes a lock that all of them share: no waiting for the disk while it is held.
    await client.query('SET synchronous_commit = off');
    if (listener !== null) {
      client.on('notification', ({ payload = '' }) => listener.onMessage(payload));
      await client.query(`LISTEN ${CHANNEL}`);
    }
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  client.on('end', onEnd);
  return client;
}
