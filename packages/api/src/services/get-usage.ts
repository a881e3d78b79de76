import type { Usage } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

const SHOWN_COMPRESSIONS = 5;

/**
 * What the account holds, and which of its files workers have in hand; of these none while the queue is away, which
 * says nothing of what the account holds.
 */
export async function getUsage(
  { database, jobs, log }: Pick<Dependencies, 'database' | 'jobs' | 'log'>,
  userId: string,
): Promise<Usage> {
  const { usage, users } = database.repositories;
  const [user, trash, totals, active] = await Promise.all([
    users.find(userId),
    usage.trash(userId),
    usage.totals(userId),
    jobs.activeCompressions().catch((error: unknown) => {
      log.warn({ err: error }, 'the queue does not tell what is being compressed');
      return [];
    }),
  ]);
  const doneBytes = new Map(active.map((compression) => [compression.blobId, compression.doneBytes]));
  const activeIds = [...doneBytes.keys()];
  const compressing =
    activeIds.length === 0 ? [] : await usage.largestStored(userId, activeIds, SHOWN_COMPRESSIONS);
  const byStatus: Usage['byStatus'] = {
    stored: { files: 0, sizeBytes: 0 },
    ready: { files: 0, sizeBytes: 0 },
    failed: { files: 0, sizeBytes: 0 },
  };
  for (const { status, files, sizeBytes } of totals) byStatus[status] = { files, sizeBytes };
  const all = Object.values(byStatus);
  return {
    files: all.reduce((sum, { files }) => sum + files, 0),
    sizeBytes: all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    storedBytes: totals.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
    trash,
    quota: { usedBytes: user?.usedBytes ?? 0, limitBytes: user?.quotaBytes ?? null },
    byStatus,
    compressing: compressing.map(({ blobId, path, sizeBytes }) => ({
      path,
      sizeBytes,
      doneBytes: doneBytes.get(blobId) ?? null,
    })),
  };
}
