import type { BlobRow, NewChange, Repositories } from '../database/index.ts';

/**
 * Books news of files, and the bytes of content that is gone. Last in the transaction, since it locks the users. Always in the same order, so that
 * none waits in a ring.
 */
export async function tellOwners(
  { changes }: Repositories,
  news: readonly (NewChange & { readonly userId: string })[],
  freed: readonly BlobRow[],
): Promise<void> {
  const owners = new Set([...news, ...freed].map(({ userId }) => userId));
  for (const owner of [...owners].toSorted()) {
    const freedBytes = freed
      .filter(({ userId }) => userId === owner)
      .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    await changes.record(
      owner,
      news.filter(({ userId }) => userId === owner),
      -freedBytes,
    );
  }
}
