import type { BlobRow, Repositories } from '@instashare/backend/database';
import { requireSeen, type SeenObjects } from '@instashare/backend/versions';

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
  const holders = new Map<string, string>();
  const contentOf = ({ userId, sha256 }: BlobRow) => `${userId} ${sha256}`;
  for (const blob of verified.filter(({ verifiedAt }) => verifiedAt !== null))
    holders.set(contentOf(blob), blob.id);
  for (const blob of verified.filter(({ verifiedAt }) => verifiedAt === null)) {
    const content = contentOf(blob);
    const known = async () => {
      const locked = await blobs.lockVerified(blob.userId, [blob.sha256]);
      requireSeen(seen, [...locked.values()]);
      return locked.get(blob.sha256)?.id;
    };
    const holder = holders.get(content) ?? (await known());
    holders.set(content, holder ?? blob.id);
    if (holder !== undefined) twins.set(blob.id, holder);
  }
  return twins;
}
