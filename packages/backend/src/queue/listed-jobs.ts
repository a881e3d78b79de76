import { orTimeOut } from '../waiting/index.ts';
import type { OpenQueue } from './connection.ts';
import { firstJobs } from './first-jobs.ts';
import { progressSchema } from './progress.ts';

/** As {@link Backlog} counts them. */
export const JOB_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A job as it is shown to who looks after the queue; the same on both backends. */
export interface ListedJob {
  readonly id: string;
  /** What it carries, as it lies in the queue: ids. */
  readonly payload: unknown;
  readonly askedAt: Date;
  /** Runs that have failed, and how many may. */
  readonly attemptsMade: number;
  readonly maxAttempts: number;
  /** Of what a worker has in hand: bytes of its content that are through, when it said so. */
  readonly doneBytes: number | null;
  /** Why the last run failed. */
  readonly failedReason: string | null;
  readonly failedAt: Date | null;
  /**
   * False: its workers died of it again and again, and what becomes of its blobs is settled by itself; or its schedule
   * brings the next one.
   */
  readonly canBeRetried: boolean;
}

/** What came of having jobs run again. */
export interface Retried {
  readonly jobs: number;
  /** Why it was not all of them. */
  readonly failure: Error | null;
}

/** Those without a priority come before all that have one. */
const TYPES = {
  waiting: ['waiting', 'prioritized'],
  active: ['active'],
  delayed: ['delayed'],
  failed: ['failed'],
} as const;

type Job = Awaited<ReturnType<OpenQueue['getJobs']>>[number];

/** No more are kept of any kind: see `definitions.ts`. */
const MOST_FAILED = 1000;
const RETRIED_AT_ONCE = 20;
/** For so many. */
const RETRY_TIMEOUT_MS = 5_000;
/** In the words of BullMQ, which counts the deaths on when such a job is run again. */
const ABANDONED = 'job stalled more than allowable limit';

const canBeRetried = ({ failedReason, repeatJobKey }: Job): boolean =>
  failedReason !== ABANDONED && repeatJobKey === undefined;

export async function listJobs(queue: OpenQueue, state: JobState, limit: number): Promise<ListedJob[]> {
  const jobs: Job[] = [];
  for (const type of TYPES[state]) {
    const wanted = limit - jobs.length;
    if (wanted <= 0) break;
    jobs.push(
      ...(state === 'failed' ? await newestFailed(queue, wanted) : await firstJobs(queue, type, wanted)),
    );
  }
  return jobs.map(toListedJob);
}

const newestFailed = (queue: OpenQueue, limit: number) => queue.getJobs(['failed'], 0, limit - 1, false);

const toListedJob = (job: Job): ListedJob => ({
  id: job.id ?? '',
  payload: job.data,
  askedAt: new Date(job.timestamp),
  attemptsMade: job.attemptsMade,
  maxAttempts: job.opts.attempts ?? 1,
  doneBytes: progressSchema.safeParse(job.progress).data?.doneBytes ?? null,
  failedReason: job.failedReason || null,
  failedAt: typeof job.finishedOn === 'number' ? new Date(job.finishedOn) : null,
  canBeRetried: canBeRetried(job),
});

/** False when there is no such job that has failed: it may have been tried again, or removed, by now. */
export async function retryFailedJob(queue: OpenQueue, jobId: string): Promise<boolean> {
  const job = await queue.getJob(jobId);
  if (job === undefined) return false;
  return retry(job);
}

async function retry(job: Job): Promise<boolean> {
  if (!canBeRetried(job) || !(await job.isFailed())) return false;
  try {
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    return true;
  } catch (error) {
    // Somebody else was faster.
    if (!(await job.isFailed())) return false;
    throw error;
  }
}

/** As far as the queue answers. */
export async function retryFailedJobs(queue: OpenQueue): Promise<Retried> {
  let jobs = 0;
  try {
    const failed = await orTimeOut(firstJobs(queue, 'failed', MOST_FAILED), RETRY_TIMEOUT_MS, SILENT);
    for (let at = 0; at < failed.length; at += RETRIED_AT_ONCE) {
      const some = failed.slice(at, at + RETRIED_AT_ONCE).map(retry);
      // All of them come to an end before it is said that one has failed.
      const results = await orTimeOut(Promise.allSettled(some), RETRY_TIMEOUT_MS, SILENT);
      jobs += results.filter((result) => result.status === 'fulfilled' && result.value).length;
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    }
  } catch (error) {
    return { jobs, failure: error instanceof Error ? error : new Error(String(error)) };
  }
  return { jobs, failure: null };
}

const SILENT = 'The queue did not answer';
