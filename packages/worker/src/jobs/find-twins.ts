import type { BlobRow, Repositories } from '@instashare/backend/database';
import { type PlacedBlob, requireSeen, type SeenObjects } from '@instashare/backend/versions';

/**
 * For each of these blobs, whose content was just verified, the blob of the same user that held the same
 * verified content before, if there is one; it is locked against removal. Of two equal ones among them the
 * first stays.
 */
export async function findTwins(
  { blobs }: Repositories,
  verified: readonly BlobRow[],
  seen: SeenObjects,
): Promise<ReadonlyMap<string, string>> {
  const twins = new Map<string, string>();
  const contentOf = ({ userId, sha256 }: Pick<BlobRow, 'sha256' | 'userId'>) => `${userId} ${sha256}`;
  const holders = new Map(
    verified.filter(({ verifiedAt }) => verifiedAt !== null).map((blob) => [contentOf(blob), blob.id]),
  );
  const unheld = verified.filter((blob) => blob.verifiedAt === null && !holders.has(contentOf(blob)));
  const known: (PlacedBlob & { readonly content: string })[] = [];
  for (const [userId, owned] of Map.groupBy(unheld, (blob) => blob.userId)) {
    const locked = await blobs.lockVerified(userId, [...new Set(owned.map(({ sha256 }) => sha256))]);
    for (const [sha256, blob] of locked) known.push({ ...blob, content: contentOf({ userId, sha256 }) });
  }
  // All of them together: the transaction begins anew for what was not looked at.
  requireSeen(seen, known);
  for (const { content, id } of known) holders.set(content, id);
  for (const blob of verified.filter(({ verifiedAt }) => verifiedAt === null)) {
    const holder = holders.get(contentOf(blob));
    if (holder === undefined) holders.set(contentOf(blob), blob.id);
    else twins.set(blob.id, holder);
  }
  return twins;
}
