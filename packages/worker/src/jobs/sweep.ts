import type { Database } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import type { JobHandler, JobQueue } from '@instashare/backend/queue';
import type { ObjectStore } from '@instashare/backend/storage';
import { deleteDueObjects } from '../sweep/delete-due-objects.ts';
import { removeOverUploads } from '../sweep/remove-over-uploads.ts';
import { createRemoveUnlinkedBlobs } from '../sweep/remove-unlinked-blobs.ts';
import { requeueLostBlobs } from '../sweep/requeue-lost-blobs.ts';

export interface SweepDependencies {
  readonly database: Database;
  readonly objects: Pick<ObjectStore, 'cancelUploadSession' | 'delete'>;
  readonly queue: Pick<JobQueue, 'activeCompressions' | 'countWaiting' | 'enqueue'>;
  readonly now: () => Date;
}

/**
 * The job that makes one round of repairs and removals. Each step is bounded, may run twice or be killed
 * anywhere, and does not keep the others from running; what one round leaves, the next one finds.
 */
export function createSweep(deps: SweepDependencies): JobHandler<'sweep'> {
  const steps = {
    requeuedBlobs: requeueLostBlobs,
    removedUploads: removeOverUploads,
    removedBlobs: createRemoveUnlinkedBlobs(),
    deletedObjects: deleteDueObjects,
  };
  return async (_, { log }) => {
    const counts = await runAll(steps, deps, log);
    if (Object.keys(counts).length > 0) log.info(counts, 'swept');
  };
}

type Step = (deps: SweepDependencies) => Promise<number>;

/** What each step did, where it did something. Rejects after the last one when any failed. */
async function runAll(
  steps: Readonly<Record<string, Step>>,
  deps: SweepDependencies,
  log: Log,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const failures: unknown[] = [];
  for (const [name, step] of Object.entries(steps)) {
    try {
      const count = await step(deps);
      if (count > 0) counts[name] = count;
    } catch (error) {
      failures.push(error);
      log.warn({ err: error, step: name }, 'a step of the sweep failed');
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Parts of the sweep failed');
  return counts;
}
