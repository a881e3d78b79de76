import { errors } from '@instashare/backend/errors';
import type { JobName } from '@instashare/backend/queue';
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
  const jobs = await retry(deps, queue, jobId).catch((error: unknown) => {
    throw errors.unavailable('The queue', error);
  });
  // The queue is not the database: should this fail, the jobs run again and nobody has written it down.
  const details = { queue, jobs, ...(jobId === null ? {} : { jobId }) };
  if (jobs > 0)
    await recordAudit(deps, deps.database.repositories, { actor, kind: 'admin_retried_jobs', details });
  return jobs;
}

async function retry({ jobs }: Used, queue: JobName, jobId: string | null): Promise<number> {
  if (jobId === null) return jobs.retryAllFailed(queue);
  return (await jobs.retryFailed(queue, jobId)) ? 1 : 0;
}
