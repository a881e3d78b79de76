import type { Database } from '../database/index.ts';
import { tellOwners } from './tell-owners.ts';

/** Why content is failed whose object is gone. */
export const OBJECT_IS_MISSING = 'Its object is missing in the store';

/**
 * Marks content as failed that was well before and whose object is not, so that its owners are told; content that is
 * somewhere else by now is not marked. The object, and the rows of its versions, stay. Gives how many were marked.
 */
export async function failContent(
  database: Database,
  placed: readonly { readonly id: string; readonly objectKey: string }[],
  reason: string,
): Promise<number> {
  if (placed.length === 0) return 0;
  return database.transaction(async (repositories) => {
    const failedIds = await repositories.blobs.failMissing(placed, reason);
    const uses = await repositories.files.withContent(failedIds);
    await tellOwners(
      repositories,
      uses.map((use) => ({ ...use, kind: 'failed' })),
      [],
    );
    return failedIds.length;
  });
}
