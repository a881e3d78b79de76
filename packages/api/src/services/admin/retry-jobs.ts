import { errors } from '@instashare/backend/errors';
import type { JobName, Retried } from '@instashare/backend/queue';
import type { Admin } from '../../auth/authenticate-admin.ts';
import type { Dependencies } from '../dependencies.ts';
import { recordAudit } from '../record-audit.ts';

type Used = Pick<Dependencies, 'database' | 'jobs' | 'newId' | 'now'>;

/**
 * Puts a job that failed into the queue again, or all of its kind; gives how many. One that somebody else has put there,
 * or that is gone, is none. Rejects with `unavailable` when the queue does not answer.
 */
export async function retryJobs(
  deps: Used,
  actor: Admin,
  { queue, jobId }: { readonly queue: JobName; readonly jobId: string | null },
): Promise<number> {
  const { jobs, failure } = await retry(deps, queue, jobId);
  // The queue is not the database: should this fail, the jobs run again and nobody has written it down.
  const details = { queue, jobs, ...(jobId === null ? {} : { jobId }) };
  if (jobs > 0)
    await recordAudit(deps, deps.database.repositories, { actor, kind: 'admin_retried_jobs', details });
  if (failure !== null) throw errors.unavailable('The queue', failure);
  return jobs;
}

async function retry({ jobs }: Used, queue: JobName, jobId: string | null): Promise<Retried> {
  if (jobId === null) return jobs.retryAllFailed(queue);
  try {
    return { jobs: (await jobs.retryFailed(queue, jobId)) ? 1 : 0, failure: null };
  } catch (error) {
    throw errors.unavailable('The queue', error);
  }
}
