import type { BlobRow, ReadyBlob, Repositories } from '@instashare/backend/database';
import type { Verdict } from '../compress/compress-blob.ts';

export type Verdicts = ReadonlyMap<string, Verdict>;

/** A sweep on a machine whose clock is ahead must not have begun to delete what is switched to. */
const WITHDRAWAL_MARGIN_MS = 600_000;

/**
 * Points blobs to where their verified content is, in the transaction that has locked them: what was written for them stays
 * from now on. Gives the keys of the objects that they leave.
 */
export async function switchOver(
  { blobs, objectDeletions }: Repositories,
  kept: readonly BlobRow[],
  { verdicts, now }: { readonly verdicts: Verdicts; readonly now: Date },
): Promise<string[]> {
  const ready = kept.flatMap(({ id }) => {
    const verdict = verdicts.get(id);
    if (verdict?.kind !== 'ready') return [];
    const { objectKey, objectOffset, encoding, storedBytes } = verdict.location;
    return [{ id, objectKey, objectOffset, encoding, storedBytes }];
  });
  if (ready.length > 0) await blobs.markReady(ready, now);
  const earliest = new Date(now.getTime() + WITHDRAWAL_MARGIN_MS);
  const isInTime = await objectDeletions.withdraw(newObjectsOf(kept, ready), earliest);
  if (!isInTime) throw new Error('an object was written too long ago');
  const places = new Map(ready.map(({ id, objectKey }) => [id, objectKey]));
  return kept.filter(({ id, objectKey }) => places.get(id) !== objectKey).map(({ objectKey }) => objectKey);
}

/** The objects that blobs move to. What was written for others stays on its way out. */
function newObjectsOf(kept: readonly BlobRow[], ready: readonly ReadyBlob[]): string[] {
  const before = new Set(kept.map(({ objectKey }) => objectKey));
  return [...new Set(ready.map(({ objectKey }) => objectKey))].filter((key) => !before.has(key));
}
