import { randomUUID } from 'node:crypto';
import { createLog } from '@instashare/backend/log';
import {
  createJobQueue,
  createJobWorker,
  type JobContext,
  type JobHandlers,
  type JobQueue,
  type JobWorker,
  type QueueConnection,
} from '@instashare/backend/queue';
import { createTestDatabase } from '@instashare/backend/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openQueue } from '../../../src/queue/connection.ts';
import { onServer } from '../../support/test-server.ts';
import { isRedisInstalled, type RedisServer, startRedis } from './redis-server.ts';

interface Target extends AsyncDisposable {
  readonly connection: QueueConnection;
  /** As when the server is started again, or a firewall forgets. */
  readonly cutConnections: () => Promise<void>;
}

const log = createLog({ name: 'test', level: 'silent' });
const idle: JobHandlers = { 'compress-blobs': async () => {}, sweep: async () => {} };

async function postgresTarget(): Promise<Target> {
  const database = await createTestDatabase();
  return {
    connection: { databaseUrl: database.url, redisUrl: null },
    cutConnections: () =>
      onServer(database.url, async (client) => {
        await client.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        );
      }),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

describe('the queue on PostgreSQL', () => {
  describeQueue(postgresTarget);

  test('refuses to start on a database that was not migrated', async () => {
    await using database = await createTestDatabase({ empty: true });
    const connection = { databaseUrl: database.url, redisUrl: null };
    await expect(createJobQueue({ ...connection, log })).rejects.toThrow(/schema/i);
    await expect(createJobWorker({ ...connection, log, handlers: idle, concurrency: 1 })).rejects.toThrow(
      /schema/i,
    );
  });
});

// A machine without Redis runs everything else; in CI its absence is a fault of the set-up.
describe.skipIf(!isRedisInstalled() && process.env['CI'] === undefined)('the queue on Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  describeQueue(async () => ({
    connection: {
      databaseUrl: 'postgres://127.0.0.1:1/unused',
      redisUrl: server.url,
      redisPrefix: randomUUID(),
    },
    async cutConnections() {
      const redis = new Redis(server.url);
      await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      redis.disconnect();
    },
    async [Symbol.asyncDispose]() {},
  }));
});

interface World extends Target {
  readonly queue: JobQueue;
  startWorker(handlers: JobHandlers): Promise<JobWorker>;
}

/** A queue with nothing in it; it and its workers end with the world. */
async function openWorld(openTarget: () => Promise<Target>): Promise<World> {
  await using opening = new AsyncDisposableStack();
  const { connection, cutConnections } = opening.use(await openTarget());
  const queue = opening.use(await createJobQueue({ ...connection, log }));
  const world = opening.move();
  return {
    connection,
    cutConnections,
    queue,
    startWorker: async (handlers) =>
      world.use(await createJobWorker({ ...connection, log, handlers, concurrency: 1 })),
    [Symbol.asyncDispose]: () => world.disposeAsync(),
  };
}

/** Handlers that write down what they are given, and do `work` with it. */
function recorder(work: (context: JobContext, call: number) => Promise<void> = async () => {}) {
  const compressed: { readonly blobIds: readonly string[]; readonly isLastAttempt: boolean }[] = [];
  let sweeps = 0;
  const handlers: JobHandlers = {
    async 'compress-blobs'({ blobIds }, context) {
      compressed.push({ blobIds, isLastAttempt: context.isLastAttempt });
      await work(context, compressed.length);
    },
    async sweep(_, context) {
      sweeps += 1;
      await work(context, sweeps);
    },
  };
  return { handlers, compressed, sweeps: () => sweeps };
}

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped in the middle')));
  });

function describeQueue(openTarget: () => Promise<Target>): void {
  test('runs what is enqueued, with its payload', async () => {
    await using world = await openWorld(openTarget);
    const { queue } = world;
    const blobIds = [randomUUID(), randomUUID()];
    await queue.enqueue('compress-blobs', { blobIds });
    expect(await queue.countWaiting('compress-blobs')).toBe(1);

    const { handlers, compressed, sweeps } = recorder();
    await world.startWorker(handlers);
    await vi.waitFor(() => expect(compressed).toEqual([{ blobIds, isLastAttempt: false }]), {
      timeout: 5000,
    });

    await queue.enqueue('sweep', {});
    await vi.waitFor(() => expect(sweeps()).toBe(1), { timeout: 5000 });
    await vi.waitFor(async () => expect(await queue.countWaiting('compress-blobs')).toBe(0));
    await queue.check();
  });

  test('tells which blobs are in hand', async () => {
    await using world = await openWorld(openTarget);
    const { queue } = world;
    const done = Promise.withResolvers<void>();
    const { handlers } = recorder(() => done.promise);
    await world.startWorker(handlers);
    const [first, second] = [randomUUID(), randomUUID()];
    expect(await queue.activeCompressions()).toEqual([]);
    await queue.enqueue('compress-blobs', { blobIds: [first] });
    await vi.waitFor(async () => expect(await queue.activeCompressions()).toEqual([first]), {
      timeout: 5000,
    });
    await queue.enqueue('compress-blobs', { blobIds: [second] });
    expect(await queue.countWaiting('compress-blobs')).toBe(1);
    done.resolve();
    await vi.waitFor(async () => expect(await queue.activeCompressions()).toEqual([]), { timeout: 5000 });
  });

  test('takes no payload that breaks the contract, and gives none to a handler', async () => {
    await using world = await openWorld(openTarget);
    const { queue } = world;
    await expect(queue.enqueue('compress-blobs', { blobIds: ['not an id'] })).rejects.toThrow(/uuid/i);
    await expect(queue.enqueue('compress-blobs', { blobIds: [] })).rejects.toThrow(/blobIds/);

    // As an older or a newer version of ours might have put it there.
    const raw = openQueue(world.connection, 'compress-blobs');
    await using closing = new AsyncDisposableStack();
    closing.defer(() => raw.close());
    await raw.add('compress-blobs', { blobs: 1 });
    const { handlers, compressed } = recorder();
    await world.startWorker(handlers);
    await vi.waitFor(async () => expect(await raw.getFailedCount()).toBe(1), { timeout: 5000 });
    expect(compressed).toEqual([]);
  });

  test('tries a failed job again, and says when it is the last time', async () => {
    await using world = await openWorld(openTarget);
    const { queue } = world;
    const lastAttempts: boolean[] = [];
    const { handlers, compressed } = recorder(async ({ isLastAttempt }, call) => {
      lastAttempts.push(isLastAttempt);
      if (call === 1) throw new Error('not this time');
    });
    await world.startWorker(handlers);
    await queue.enqueue('compress-blobs', { blobIds: [randomUUID()] });
    await vi.waitFor(() => expect(compressed).toHaveLength(2), { timeout: 10_000 });
    await queue.enqueue('sweep', {});
    await vi.waitFor(() => expect(lastAttempts).toEqual([false, false, true]), { timeout: 5000 });
  });

  test('a worker that stops gives its job back at once, with no attempt used', async () => {
    await using world = await openWorld(openTarget);
    const { queue } = world;
    await queue.enqueue('sweep', {});
    const stopped = recorder(({ signal }) => aborted(signal));
    const first = await world.startWorker(stopped.handlers);
    await vi.waitFor(() => expect(stopped.sweeps()).toBe(1), { timeout: 5000 });
    await first[Symbol.asyncDispose]();
    expect(await queue.countWaiting('sweep')).toBe(1);

    const next = recorder();
    await world.startWorker(next.handlers);
    await vi.waitFor(() => expect(next.sweeps()).toBe(1), { timeout: 5000 });
  });

  test('a repeated job runs again and again, once for all who ask for it', async () => {
    await using world = await openWorld(openTarget);
    const { queue } = world;
    await using other = await createJobQueue({ ...world.connection, log });
    await queue.repeat('sweep', {}, 1000);
    await other.repeat('sweep', {}, 1000);
    const { handlers, sweeps } = recorder();
    const startedMs = performance.now();
    await world.startWorker(handlers);
    await vi.waitFor(() => expect(sweeps()).toBe(3), { timeout: 10_000 });
    // Two schedules would have been through with three in half the time.
    expect(performance.now() - startedMs).toBeGreaterThan(1000);
  });

  test('refuses to start without a handler for every job, or with one for none', async () => {
    const options = { databaseUrl: '', redisUrl: null, log, concurrency: 1 };
    const { sweep: _left, ...some } = idle;
    // @ts-expect-error -- leaving a handler out does not compile either
    const missing: JobHandlers = some;
    await expect(createJobWorker({ ...options, handlers: missing })).rejects.toThrow(
      'These jobs have no handler: sweep',
    );
    const extra = { ...idle, other: async () => {} };
    await expect(createJobWorker({ ...options, handlers: extra })).rejects.toThrow(
      'These handlers are for no known job: other',
    );
  });

  test('goes on after every connection was lost', async () => {
    await using world = await openWorld(openTarget);
    const { queue } = world;
    const { handlers, sweeps } = recorder();
    await world.startWorker(handlers);
    await queue.enqueue('sweep', {});
    await vi.waitFor(() => expect(sweeps()).toBe(1), { timeout: 5000 });
    await world.cutConnections();
    // A pool hands out a dead connection once before it notices.
    await vi.waitFor(() => queue.enqueue('sweep', {}), { timeout: 5000 });
    await vi.waitFor(() => expect(sweeps()).toBeGreaterThanOrEqual(2), { timeout: 10_000 });
    await queue.check();
  });

  test('is closed for good once it is disposed', async () => {
    await using world = await openWorld(openTarget);
    const { queue } = world;
    await queue[Symbol.asyncDispose]();
    await expect(queue.enqueue('sweep', {})).rejects.toThrow('The queue is closed');
    await expect(queue.check()).rejects.toThrow('The queue is closed');
  });
}
