import type { OpenQueue } from './connection.ts';
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

export async function listJobs(queue: OpenQueue, state: JobState, limit: number): Promise<ListedJob[]> {
  const isOldestFirst = state !== 'failed';
  const jobs: Job[] = [];
  for (const type of TYPES[state]) {
    const wanted = limit - jobs.length;
    if (wanted > 0) jobs.push(...(await queue.getJobs([type], 0, wanted - 1, isOldestFirst)));
  }
  return jobs.map(toListedJob);
}

const toListedJob = (job: Job): ListedJob => ({
  id: job.id ?? '',
  payload: job.data,
  askedAt: new Date(job.timestamp),
  attemptsMade: job.attemptsMade,
  maxAttempts: job.opts.attempts ?? 1,
  doneBytes: progressSchema.safeParse(job.progress).data?.doneBytes ?? null,
  failedReason: job.failedReason || null,
  failedAt: typeof job.finishedOn === 'number' ? new Date(job.finishedOn) : null,
});

/** False when there is no such job that has failed: it may have been tried again, or removed, by now. */
export async function retryFailedJob(queue: OpenQueue, jobId: string): Promise<boolean> {
  const job = await queue.getJob(jobId);
  if (job === undefined) return false;
  return retry(job);
}

async function retry(job: Job): Promise<boolean> {
  if (!(await job.isFailed())) return false;
  try {
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    return true;
  } catch (error) {
    // Somebody else was faster.
    if (!(await job.isFailed())) return false;
    throw error;
  }
}

/** Gives how many. */
export async function retryFailedJobs(queue: OpenQueue): Promise<number> {
  const jobs = await queue.getJobs(['failed'], 0, MOST_FAILED - 1, true);
  let retried = 0;
  for (let at = 0; at < jobs.length; at += RETRIED_AT_ONCE) {
    const results = await Promise.all(jobs.slice(at, at + RETRIED_AT_ONCE).map(retry));
    retried += results.filter(Boolean).length;
  }
  return retried;
}
