import type { Database } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import type { ActiveCompression, JobQueue } from '@instashare/backend/queue';
import type { LiveHub } from './live-hub.ts';

/** As often as a job reports. */
const INTERVAL_MS = 1_000;

/**
 * Tells those who follow events how far the compression of their files is: it looks at what workers have in hand,
 * while anybody follows events. Nothing depends on it; what fails is tried again.
 */
export function watchProgress(options: {
  readonly database: Database;
  readonly jobs: Pick<JobQueue, 'activeCompressions'>;
  readonly hub: Pick<LiveHub, 'followed' | 'tellProgress'>;
  readonly log: Log;
}): Disposable {
  const { database, jobs, hub, log } = options;
  let told: ReadonlyMap<string, number> = new Map();
  let isLooking = false;

  const look = async (): Promise<void> => {
    const userIds = hub.followed();
    if (userIds.length === 0) return;
    const doneBytes = reported(await jobs.activeCompressions());
    const moved = [...doneBytes].filter(([blobId, bytes]) => told.get(blobId) !== bytes);
    told = doneBytes;
    if (moved.length === 0) return;
    const uses = await database.repositories.files.withContentOf(
      userIds,
      moved.map(([blobId]) => blobId),
    );
    for (const { blobId, userId, fileId, path, sizeBytes } of uses) {
      const event = {
        kind: 'progress' as const,
        fileId,
        path,
        sizeBytes,
        doneBytes: doneBytes.get(blobId) ?? 0,
      };
      hub.tellProgress(userId, event);
    }
  };

  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch((error: unknown) => log.debug({ err: error }, 'could not look how far compression is'))
      .finally(() => {
        isLooking = false;
      });
  }, INTERVAL_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Bytes that are done, by blob, of those of which that is known. */
function reported(active: readonly ActiveCompression[]): ReadonlyMap<string, number> {
  return new Map(
    active.flatMap(({ blobId, doneBytes }) => (doneBytes === null ? [] : [[blobId, doneBytes]])),
  );
}
