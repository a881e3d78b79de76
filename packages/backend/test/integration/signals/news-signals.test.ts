import { createLog } from '@instashare/backend/log';
import { type NewsSignals, openNewsSignals } from '@instashare/backend/signals';
import { createTestDatabase, isRedisInstalled, startRedis } from '@instashare/backend/testing';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';

const log = createLog({ name: 'signals', level: 'silent' });

interface Carrier extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** Breaks every connection that carries signals; gives how many. */
  breakConnections(): Promise<number>;
}

async function usePostgres(): Promise<Carrier> {
  await using made = new AsyncDisposableStack();
  const database = made.use(await createTestDatabase());
  const client = new Client({ connectionString: database.url });
  await client.connect();
  made.defer(() => client.end());
  const all = made.move();
  return {
    databaseUrl: database.url,
    redisUrl: null,
    async breakConnections() {
      const broken = await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'instashare-news'`,
      );
      return broken.rows.length;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(all.disposeAsync()),
  };
}

async function useRedis(): Promise<Carrier> {
  const server = await startRedis();
  const redis = new Redis(server.url);
  return {
    databaseUrl: 'postgres://nobody.invalid/none',
    redisUrl: server.url,
    // All but the one that asks.
    breakConnections: async () =>
      Number(await redis.call('CLIENT', 'KILL', 'TYPE', 'normal')) +
      Number(await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')),
    async [Symbol.asyncDispose]() {
      redis.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A process that listens. */
async function openListening(carrier: Carrier): Promise<NewsSignals & { readonly heard: string[] }> {
  const heard: string[] = [];
  const signals = await openNewsSignals({
    ...carrier,
    log,
    listener: (userIds) => heard.push(userIds === 'everyone' ? userIds : [...userIds].join(' ')),
  });
  return { ...signals, heard };
}

const hasRedis = isRedisInstalled() || process.env['CI'] !== undefined;

describe.each([
  { name: 'PostgreSQL', useCarrier: usePostgres, isThere: true },
  { name: 'Redis (skipped where no redis-server is installed)', useCarrier: useRedis, isThere: hasRedis },
])('signals by $name', ({ useCarrier, isThere }) => {
  test.skipIf(!isThere)('reach the listener of the own process at once, and the others once', async () => {
    await using carrier = await useCarrier();
    await using one = await openListening(carrier);
    await using other = await openListening(carrier);
    await using silent = await openNewsSignals({ ...carrier, log, listener: null });
    one.announce(new Set(['a']));
    expect(one.heard).toEqual(['a']);
    await expect.poll(() => other.heard).toEqual(['a']);
    silent.announce(new Set(['b', 'c']));
    await expect
      .poll(() => [one.heard, other.heard])
      .toEqual([
        ['a', 'b c'],
        ['a', 'b c'],
      ]);
  });

  test.skipIf(!isThere)(
    'after a connection broke, the listener is told to look for everyone, and hears again',
    async () => {
      await using carrier = await useCarrier();
      await using listening = await openListening(carrier);
      await using speaking = await openNewsSignals({ ...carrier, log, listener: null });
      expect(await carrier.breakConnections()).toBeGreaterThanOrEqual(2);
      await expect.poll(() => listening.heard).toEqual(['everyone']);
      speaking.announce(new Set(['a']));
      await expect.poll(() => listening.heard).toEqual(['everyone', 'a']);
    },
  );

  test.skipIf(!isThere)('what was announced shortly before the end arrives', async () => {
    await using carrier = await useCarrier();
    await using listening = await openListening(carrier);
    const speaking = await openNewsSignals({ ...carrier, log, listener: null });
    speaking.announce(new Set(['a']));
    speaking.announce(new Set(['b']));
    await speaking[Symbol.asyncDispose]();
    await expect.poll(() => listening.heard).toEqual(['a', 'b']);
  });
});

test('a service that is not there refuses at the start', async () => {
  const url = 'postgres://nobody@127.0.0.1:9/none';
  await expect(openNewsSignals({ databaseUrl: url, redisUrl: null, log, listener: null })).rejects.toThrow(
    /ECONNREFUSED/,
  );
  const redisUrl = 'redis://127.0.0.1:9';
  await expect(openNewsSignals({ databaseUrl: url, redisUrl, log, listener: null })).rejects.toThrow(
    /closed/,
  );
});
