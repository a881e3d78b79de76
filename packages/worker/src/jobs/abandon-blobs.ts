import type { Log } from '@instashare/backend/log';
import { type JobPayloads, type JobQueue, PRIORITIES } from '@instashare/backend/queue';
import type { Verdict } from '../compress/compress-blob.ts';
import { type SettleDependencies, settleBlobs } from './settle-blobs.ts';

export interface AbandonDependencies extends SettleDependencies {
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly log: Log;
}

const REASON = 'Could not be processed: workers died again and again while they had it in hand';
const OPTIONS = { priority: PRIORITIES.huge };

/**
 * What becomes of the blobs of a job that took its workers down with it, again and again. Which one of several
 * did it, nobody can tell: each gets a job of its own. One alone is not compressed any more, which says nothing of its
 * content, that workers may have had in hand when they died of something else: what was verified before stays as it is,
 * other content is only verified, and has failed when workers die of that as well.
 */
export function createAbandonBlobs(deps: AbandonDependencies) {
  const { database, log, queue } = deps;
  return async ({ blobIds, verifyOnly }: JobPayloads['compress-blobs']): Promise<void> => {
    const [blobId] = blobIds;
    if (blobId === undefined) return;
    if (blobIds.length > 1) {
      log.error({ blobIds }, 'workers die of a job: its blobs are tried one by one');
      for (const id of blobIds) await queue.enqueue('compress-blobs', { blobIds: [id] }, OPTIONS);
      return;
    }
    log.error({ blobId, verifyOnly }, 'workers die of a blob: it is not compressed');
    const blob = await database.repositories.blobs.find(blobId);
    if (blob === null) return;
    if (blob.verifiedAt === null && verifyOnly !== true) {
      await queue.enqueue('compress-blobs', { blobIds: [blobId], verifyOnly: true }, OPTIONS);
      return;
    }
    const isSound = blob.verifiedAt !== null;
    const verdict: Verdict = isSound ? { kind: 'ready', location: blob } : { kind: 'failed', reason: REASON };
    await settleBlobs(deps, new Map([[blobId, verdict]]));
  };
}
