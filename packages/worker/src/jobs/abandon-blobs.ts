import type { Log } from '@instashare/backend/log';
import { type JobPayloads, type JobQueue, PRIORITIES } from '@instashare/backend/queue';
import { type SettleDependencies, settleBlobs } from './settle-blobs.ts';

export interface AbandonDependencies extends SettleDependencies {
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly log: Log;
}

const REASON = 'Could not be processed: workers died again and again while they had it in hand';

/**
 * What becomes of the blobs of a job that took its workers down with it, again and again. Which one of several
 * did it, nobody can tell: each gets a job of its own. One alone is the one, and has failed.
 */
export function createAbandonBlobs(deps: AbandonDependencies) {
  return async ({ blobIds }: JobPayloads['compress-blobs']): Promise<void> => {
    const [blobId] = blobIds;
    if (blobId === undefined) return;
    if (blobIds.length > 1) {
      deps.log.error({ blobIds }, 'workers die of a job: its blobs are tried one by one');
      const options = { priority: PRIORITIES.huge };
      for (const id of blobIds) await deps.queue.enqueue('compress-blobs', { blobIds: [id] }, options);
      return;
    }
    deps.log.error({ blobId }, 'workers die of a blob: it has failed');
    await settleBlobs(deps, new Map([[blobId, { kind: 'failed', reason: REASON }]]));
  };
}
