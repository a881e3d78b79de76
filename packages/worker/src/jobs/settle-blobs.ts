import type { BlobRow, ContentUse, Repositories } from '@instashare/backend/database';
import { type LinkingDependencies, linkingTransaction, tellOwners } from '@instashare/backend/versions';
import { findTwins } from './find-twins.ts';
import { switchOver, type Verdicts } from './switch-over.ts';

export interface SettleDependencies extends LinkingDependencies {
  readonly now: () => Date;
  /** How long a raw object stays after the switch, for downloads that are under way. */
  readonly rawObjectGraceMs: number;
}

/** What the blobs came to, for the log. */
export interface Settled {
  readonly ready: number;
  readonly failed: number;
  /** Content that was there already; its versions point there now. */
  readonly duplicates: number;
}

/**
 * Switches blobs to where their verified content is, in one transaction with the removal of what they leave
 * behind and the news for their owners. Blobs that somebody else settled meanwhile are left alone.
 */
export async function settleBlobs(deps: SettleDependencies, verdicts: Verdicts): Promise<Settled> {
  if (verdicts.size === 0) return { ready: 0, failed: 0, duplicates: 0 };
  return linkingTransaction(deps, (repositories) => settle(repositories, deps, verdicts));
}

async function settle(
  repositories: Repositories,
  deps: SettleDependencies,
  verdicts: Verdicts,
): Promise<Settled> {
  const now = deps.now();
  const rows = await repositories.blobs.lockMany([...verdicts.keys()]);
  const stored = rows.filter(({ status }) => status === 'stored');
  const uses = await repositories.files.withContent(stored.map(({ id }) => id));

  const failed = stored.flatMap(({ id }) => {
    const verdict = verdicts.get(id);
    return verdict?.kind === 'failed' ? [{ id, reason: verdict.reason }] : [];
  });
  for (const { id, reason } of failed) await repositories.blobs.markFailed(id, reason);
  const verified = stored.filter(({ id }) => verdicts.get(id)?.kind === 'ready');
  const twins = await findTwins(repositories, verified, deps.seenObjects);
  const kept = verified.filter(({ id }) => !twins.has(id));
  const duplicates = verified.filter(({ id }) => twins.has(id));
  const freedKeys = await switchOver(repositories, kept, { verdicts, now });
  freedKeys.push(...(await removeDuplicates(repositories, duplicates, twins)));

  const failedIds = new Set(failed.map(({ id }) => id));
  const repairs = await repair(
    repositories,
    stored.map(({ id }) => id),
    uses.filter(({ blobId }) => !failedIds.has(blobId)),
  );

  const dueAt = new Date(now.getTime() + deps.rawObjectGraceMs);
  if (freedKeys.length > 0) await repositories.objectDeletions.schedule(freedKeys, dueAt);
  const changes = uses.map(({ blobId, ...use }) => ({
    ...use,
    kind: failedIds.has(blobId) ? ('failed' as const) : ('ready' as const),
  }));
  await tellOwners(repositories, [...changes, ...repairs], duplicates);
  return { ready: kept.length, failed: failed.length, duplicates: duplicates.length };
}

/**
 * Content that failed and was sent again is good again, in every version that has it: they are pointed to where
 * it was verified. Gives the news of it, beside those of `told`.
 */
async function repair(
  { blobs, files }: Repositories,
  settledIds: readonly string[],
  told: readonly ContentUse[],
) {
  const goodIds = await blobs.repointFailed(settledIds);
  if (goodIds.length === 0) return [];
  const toldVersions = new Set(told.map(({ versionId }) => versionId));
  const uses = await files.withContent(goodIds);
  return uses
    .filter(({ versionId }) => !toldVersions.has(versionId))
    .map((use) => ({ ...use, kind: 'updated' as const }));
}

/** Points versions of content that is there twice to the one that stays. Gives the keys that are freed. */
async function removeDuplicates(
  { blobs }: Repositories,
  duplicates: readonly BlobRow[],
  twins: ReadonlyMap<string, string>,
): Promise<string[]> {
  for (const { id } of duplicates) {
    const twinId = twins.get(id);
    if (twinId === undefined) continue;
    await blobs.repointVersions(id, twinId);
    await blobs.remove(id);
  }
  return duplicates.map(({ objectKey }) => objectKey);
}
