import { errors } from '@instashare/backend/errors';
import {
  type Backlog,
  JOB_NAMES,
  JOB_STATES,
  type JobName,
  type JobState,
  type ListedJob,
} from '@instashare/backend/queue';
import type { Dependencies } from '../dependencies.ts';

/** What can be looked at: kinds of jobs, and their states. */
export { JOB_NAMES, JOB_STATES };

/** Jobs that one page lists. */
const LISTED_JOBS = 50;

export interface QueueCounts extends Backlog {
  readonly name: JobName;
}

export interface QueueView {
  readonly queues: readonly QueueCounts[];
  readonly shown: { readonly queue: JobName; readonly state: JobState; readonly jobs: readonly ListedJob[] };
}

/** Of every kind of job how many there are. Rejects when the queue does not answer. */
export const countJobs = ({ jobs }: Pick<Dependencies, 'jobs'>): Promise<QueueCounts[]> =>
  Promise.all(JOB_NAMES.map(async (name) => ({ name, ...(await jobs.backlog(name)) })));

/**
 * The jobs of one kind in one state, the first of them; with a kind of null, of the first kind that has any. Rejects with
 * `unavailable` when the queue does not answer.
 */
export async function viewQueue(
  deps: Pick<Dependencies, 'jobs'>,
  { queue, state }: { readonly queue: JobName | null; readonly state: JobState },
): Promise<QueueView> {
  try {
    const queues = await countJobs(deps);
    const shown = queue ?? queues.find((one) => one[state] > 0)?.name ?? 'compress-blobs';
    const jobs = await deps.jobs.listJobs(shown, state, LISTED_JOBS);
    return { queues, shown: { queue: shown, state, jobs } };
  } catch (error) {
    throw errors.unavailable('The queue', error);
  }
}
