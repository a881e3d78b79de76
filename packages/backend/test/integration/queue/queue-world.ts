import { randomUUID } from 'node:crypto';
import { createLog } from '@instashare/backend/log';
import {
  createJobQueue,
  createJobWorker,
  type JobContext,
  type JobHandlers,
  type JobQueue,
  type JobWorker,
  type JobWorkerOptions,
  type QueueConnection,
} from '@instashare/backend/queue';
import {
  createTestDatabase,
  isRedisInstalled,
  type RedisServer,
  startRedis,
} from '@instashare/backend/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe } from 'vitest';
import { onServer } from '../../support/test-server.ts';

export interface QueueTarget extends AsyncDisposable {
  readonly connection: QueueConnection;
  /** As when the server is started again, or a firewall forgets. */
  readonly cutConnections: () => Promise<void>;
}

export type OpenTarget = () => Promise<QueueTarget>;

export const log = createLog({ name: 'test', level: 'silent' });

export type Work = Pick<JobWorkerOptions, 'abandonBlobs' | 'handlers'>;

/** Does nothing with anything. */
export const idle: Work = {
  handlers: {
    'compress-blobs': async () => {},
    'deliver-webhook': async () => {},
    'recount-quota': async () => {},
    sweep: async () => {},
  },
  abandonBlobs: async () => {},
};

/** The same tests on both backends. */
export function describeOnBoth(what: string, tests: (openTarget: OpenTarget) => void): void {
  describe(`${what} on PostgreSQL`, () => {
    tests(postgresTarget);
  });

  // A machine without Redis runs everything else; in CI its absence is a fault of the set-up.
  describe.skipIf(!isRedisInstalled() && process.env['CI'] === undefined)(`${what} on Redis`, () => {
    let server: RedisServer;
    beforeAll(async () => {
      server = await startRedis();
    });
    afterAll(() => server[Symbol.asyncDispose]());

    tests(async () => redisTarget(server));
  });
}

async function postgresTarget(): Promise<QueueTarget> {
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

function redisTarget(server: RedisServer): QueueTarget {
  return {
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
  };
}

export interface QueueWorld extends QueueTarget {
  readonly queue: JobQueue;
  startWorker(work: Partial<Work>): Promise<JobWorker>;
}

/** A queue with nothing in it; it and its workers end with the world. */
export async function openQueueWorld(openTarget: OpenTarget): Promise<QueueWorld> {
  await using opening = new AsyncDisposableStack();
  const { connection, cutConnections } = opening.use(await openTarget());
  const queue = opening.use(await createJobQueue({ ...connection, log }));
  const world = opening.move();
  return {
    connection,
    cutConnections,
    queue,
    startWorker: async (work) =>
      world.use(await createJobWorker({ ...connection, log, ...idle, ...work, concurrency: 1 })),
    [Symbol.asyncDispose]: () => world.disposeAsync(),
  };
}

/** Handlers that write down what they are given, and do `work` with it. */
export function recorder(work: (context: JobContext, call: number) => Promise<void> = async () => {}) {
  const compressed: { readonly blobIds: readonly string[]; readonly isLastAttempt: boolean }[] = [];
  let sweeps = 0;
  const handlers: JobHandlers = {
    async 'compress-blobs'({ blobIds }, context) {
      compressed.push({ blobIds, isLastAttempt: context.isLastAttempt });
      await work(context, compressed.length);
    },
    'deliver-webhook': async () => {},
    'recount-quota': async () => {},
    async sweep(_, context) {
      sweeps += 1;
      await work(context, sweeps);
    },
  };
  return { handlers, compressed, sweeps: () => sweeps };
}
