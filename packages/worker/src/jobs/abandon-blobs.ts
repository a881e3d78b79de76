import type { Log } from '@instashare/backend/log';
import { type JobPayloads, type JobQueue, PRIORITIES } from '@instashare/backend/queue';
import type { ObjectStore } from '@instashare/backend/storage';
import type { Verdict } from '../compress/compress-blob.ts';
import { judgeInPlace } from './give-up.ts';
import { type SettleDependencies, settleBlobs } from './settle-blobs.ts';

export interface AbandonDependencies extends SettleDependencies {
  readonly objects: Pick<ObjectStore, 'check' | 'read'>;
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly log: Log;
}

/**
 * What becomes of the blobs of a job that took its workers down with it, again and again. Which one of several
 * did it, nobody can tell: each gets a job of its own. One alone is not compressed any more. That says nothing of its
 * content, which also a worker that died of something else had in hand: it is failed only when it is not what it
 * should be.
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
    deps.log.error({ blobId }, 'workers die of a blob: it is not compressed');
    const blob = await deps.database.repositories.blobs.find(blobId);
    if (blob === null) return;
    const isKnown = blob.verifiedAt !== null;
    const verdict: Verdict | null = isKnown
      ? { kind: 'ready', location: blob }
      : await judgeInPlace({ objects: deps.objects, signal: new AbortController().signal }, blob);
    // Without one the sweep asks for the blob again.
    if (verdict !== null) await settleBlobs(deps, new Map([[blobId, verdict]]));
  };
}
