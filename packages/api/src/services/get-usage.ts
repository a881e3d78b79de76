import type { Usage } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

const SHOWN_COMPRESSIONS = 5;

/** What the account holds, and which of its files workers have in hand. */
export async function getUsage(
  { database, jobs }: Pick<Dependencies, 'database' | 'jobs'>,
  userId: string,
): Promise<Usage> {
  const { usage } = database.repositories;
  const [totals, storedBytes, activeBlobIds] = await Promise.all([
    usage.totals(userId),
    usage.storedBytes(userId),
    jobs.activeCompressions(),
  ]);
  const compressing = activeBlobIds.length === 0 ? [] : await usage.pathsOf(userId, activeBlobIds);
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
    storedBytes,
    byStatus,
    compressing: compressing.toSorted((a, b) => b.sizeBytes - a.sizeBytes).slice(0, SHOWN_COMPRESSIONS),
  };
}
