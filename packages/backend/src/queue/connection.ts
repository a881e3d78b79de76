import { createPostgresBackend, type Processor, Queue, Worker, type WorkerOptions } from 'bullmq';
import { JOBS, type JobName } from './definitions.ts';

export interface QueueConnection {
  readonly databaseUrl: string;
  /** null: the queue lives in PostgreSQL. */
  readonly redisUrl: string | null;
  /** Keeps queues on one Redis apart. In PostgreSQL the database does that. */
  readonly redisPrefix?: string;
}

/** The schema of BullMQ's own tables, beside ours in the same database. */
export const POSTGRES_SCHEMA = 'bullmq';

const DEFAULT_REDIS_PREFIX = 'instashare';
/** A worker also holds one connection on which it waits for jobs. */
const POOL_SIZE = { queue: 2, worker: 3 };

/** The one place that knows the backends. Both give the same objects. */
export function openQueue(connection: QueueConnection, name: JobName) {
  const shared = { defaultJobOptions: JOBS[name].options };
  return connection.redisUrl === null
    ? new Queue<unknown, unknown, JobName, unknown, unknown, JobName, PostgresBackend, PostgresOptions>(
        name,
        { ...shared, connection: postgres(connection, name, POOL_SIZE.queue) },
        createPostgresBackend,
      )
    : new Queue<unknown, unknown, JobName>(name, { ...shared, ...redis(connection, connection.redisUrl) });
}

type PostgresBackend = ReturnType<typeof createPostgresBackend>;
type PostgresOptions = Parameters<typeof createPostgresBackend>[1]['connection'];

export type OpenQueue = ReturnType<typeof openQueue>;

/** As {@link openQueue}, for the side that runs the jobs. */
export function openWorker(
  connection: QueueConnection,
  name: JobName,
  worker: {
    readonly process: Processor<unknown, void>;
    readonly options: Omit<WorkerOptions, 'connection'>;
  },
) {
  const { process, options } = worker;
  return connection.redisUrl === null
    ? new Worker<unknown, void, string, PostgresBackend, number, PostgresOptions>(
        name,
        process,
        { ...options, connection: postgres(connection, name, POOL_SIZE.worker) },
        createPostgresBackend,
      )
    : new Worker<unknown, void>(name, process, {
        ...options,
        ...redis(connection, connection.redisUrl),
      });
}

export type OpenWorker = ReturnType<typeof openWorker>;

function postgres({ databaseUrl }: QueueConnection, name: JobName, poolSize: number) {
  return {
    connectionString: databaseUrl,
    schema: POSTGRES_SCHEMA,
    max: poolSize,
    application_name: `instashare-queue-${name}`,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  };
}

function redis({ redisPrefix = DEFAULT_REDIS_PREFIX }: QueueConnection, url: string) {
  return { prefix: redisPrefix, connection: { url } };
}
