import type { Log } from '../log/index.ts';
import type { JobTracer } from '../tracing/index.ts';
import { orTimeOut } from '../waiting/index.ts';
import { type Backlog, readBacklog } from './backlog.ts';
import { type OpenQueue, openQueue, type QueueConnection } from './connection.ts';
import { JOB_NAMES, JOBS, type JobName, type JobPayloads } from './definitions.ts';
import {
  type JobState,
  type ListedJob,
  listJobs,
  type Retried,
  retryFailedJob,
  retryFailedJobs,
} from './listed-jobs.ts';
import type { Priority } from './priority.ts';
import { progressSchema } from './progress.ts';

/** How long the queue may take to answer before it counts as down. */
const ANSWER_TIMEOUT_MS = 3_000;
const START_TIMEOUT_MS = 15_000;

/** A blob that a worker has in hand; it may be done already. */
export interface ActiveCompression {
  readonly blobId: string;
  /** Bytes of its content that are through; null when nothing was reported of it. */
  readonly doneBytes: number | null;
}

export interface EnqueueOptions {
  readonly priority?: Priority;
  /** Of jobs with one id there is one: asking again while it waits, or is run, changes nothing. */
  readonly jobId?: string;
}

/** The side of the queue that asks for work. */
export interface JobQueue extends AsyncDisposable {
  /**
   * Resolves when the job will be run, whatever happens to this process. Jobs without a priority come before
   * all that have one.
   */
  enqueue<Name extends JobName>(
    name: Name,
    payload: JobPayloads[Name],
    options?: EnqueueOptions,
  ): Promise<void>;
  /**
   * As `enqueue`, and at once: a job with this id that waits for its next try makes room for this one, which has all its
   * tries. One that is being run goes on instead.
   */
  enqueueAnew<Name extends JobName>(name: Name, payload: JobPayloads[Name], jobId: string): Promise<void>;
  /** Has a job run every so often, from now on, once for all processes that ask for it. */
  repeat<Name extends JobName>(name: Name, payload: JobPayloads[Name], everyMs: number): Promise<void>;
  /** How many jobs of this kind are waiting for a worker, or for their next try. Rejects when the queue does not answer. */
  countWaiting(name: JobName): Promise<number>;
  /** What there is of these jobs, and how long they wait. Rejects when the queue does not answer. */
  backlog(name: JobName): Promise<Backlog>;
  /**
   * The first `limit` of these jobs in a state: of those that failed the newest ones, of others those that come first.
   * Rejects when the queue does not answer.
   */
  listJobs(name: JobName, state: JobState, limit: number): Promise<ListedJob[]>;
  /** Has a job that was given up run again, with all its tries; false when there is none that failed. */
  retryFailed(name: JobName, jobId: string): Promise<boolean>;
  /** The same of all that are kept, as far as the queue answers. */
  retryAllFailed(name: JobName): Promise<Retried>;
  /** What workers have in hand at this moment. Rejects when the queue does not answer. */
  activeCompressions(): Promise<ActiveCompression[]>;
  /** Rejects when the queue does not answer. */
  check(): Promise<void>;
}

/** Opens the queues. Rejects when they do not answer, or have not been migrated. */
export async function createJobQueue(
  options: QueueConnection & { readonly log: Log; readonly tracer?: JobTracer | undefined },
): Promise<JobQueue> {
  const { log } = options;
  await using opening = new AsyncDisposableStack();
  const queues = new Map<JobName, OpenQueue>();
  for (const name of JOB_NAMES) {
    const queue = openQueue(options, name);
    opening.defer(() => queue.close());
    // Without a listener a lost connection would end the process; it is made again by itself.
    queue.on('error', (error) => log.warn({ err: error, queue: name }, 'the queue reports an error'));
    queues.set(name, queue);
  }
  const ready = Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));
  await orTimeOut(ready, START_TIMEOUT_MS, 'The queue did not answer');
  return createMethods(queues, { resources: opening.move(), tracer: options.tracer });
}

/** While its server is away, a question to the queue waits for minutes: nobody who asks has that long. */
const answered = <T>(answer: Promise<T>): Promise<T> =>
  orTimeOut(answer, ANSWER_TIMEOUT_MS, 'The queue did not answer');

/** Adds a job that, where there are traces, carries the one in which it was asked for. */
const createAdd =
  (queueOf: (name: JobName) => OpenQueue, tracer: JobTracer | undefined) =>
  async <Name extends JobName>(
    name: Name,
    payload: JobPayloads[Name],
    options: EnqueueOptions,
  ): Promise<void> => {
    const queue = queueOf(name);
    const valid = JOBS[name].payload.parse(payload);
    if (tracer === undefined) await queue.add(name, valid, options);
    else
      await tracer.enqueue(name, (carried) =>
        queue.add(name, valid, { ...options, telemetry: { metadata: carried } }),
      );
  };

function createMethods(
  queues: ReadonlyMap<JobName, OpenQueue>,
  { resources, tracer }: { readonly resources: AsyncDisposableStack; readonly tracer: JobTracer | undefined },
): JobQueue {
  const queueOf = (name: JobName): OpenQueue => {
    // BullMQ never settles a call to a queue that is closed.
    if (resources.disposed) throw new Error('The queue is closed');
    const queue = queues.get(name);
    if (queue === undefined) throw new Error(`There is no queue for ${name}`);
    return queue;
  };

  const add = createAdd(queueOf, tracer);
  return {
    enqueue: (name, payload, options = {}) => add(name, payload, options),

    async enqueueAnew(name, payload, jobId) {
      // Of one that a worker has in hand this removes nothing.
      await queueOf(name).remove(jobId);
      await add(name, payload, { jobId });
    },

    async repeat(name, payload, everyMs) {
      const queue = queueOf(name);
      const template = { name, data: JOBS[name].payload.parse(payload), opts: JOBS[name].options };
      const standing = await queue.getJobScheduler(name);
      // Made by a clock that ran ahead: it would stand until then.
      if ((standing?.next ?? 0) > Date.now() + 2 * everyMs) await queue.removeJobScheduler(name);
      await queue.upsertJobScheduler(name, { every: everyMs }, template);
    },

    countWaiting: (name) => answered(queueOf(name).getJobCountByTypes('waiting', 'delayed', 'prioritized')),

    backlog: (name) => answered(readBacklog(queueOf(name), Date.now())),

    listJobs: (name, state, limit) => answered(listJobs(queueOf(name), state, limit)),

    retryFailed: (name, jobId) => answered(retryFailedJob(queueOf(name), jobId)),

    retryAllFailed: async (name) => retryFailedJobs(queueOf(name)),

    async activeCompressions() {
      const jobs = await answered(queueOf('compress-blobs').getActive());
      return jobs.flatMap(({ data, progress }) => {
        const payload = JOBS['compress-blobs'].payload.safeParse(data);
        const reported = progressSchema.safeParse(progress).data;
        return (payload.data?.blobIds ?? []).map((blobId) => ({
          blobId,
          doneBytes: reported?.blobId === blobId ? reported.doneBytes : null,
        }));
      });
    },

    async check() {
      await answered(queueOf('compress-blobs').getActiveCount());
    },

    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
