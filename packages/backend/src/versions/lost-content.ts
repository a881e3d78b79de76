import type { Database, Repositories } from '../database/index.ts';
import type { Log } from '../log/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import { failContent } from './fail-content.ts';

interface PlacedBlob {
  readonly id: string;
  readonly objectKey: string;
}

/** Content that the database knows and the store does not have. */
class LostContentError extends Error {
  override readonly name = 'LostContentError';
  readonly blobs: readonly PlacedBlob[];

  constructor(blobs: readonly PlacedBlob[]) {
    super('The store does not have the objects of content that is known');
    this.blobs = blobs;
  }
}

const REASON = 'Its object is missing in the store';
/** An object may be replaced by its compressed form while we look: then its content has another place the next time. */
const MOST_TRIES = 5;
const AT_ONCE = 16;

/**
 * Throws, for {@link linkingTransaction} to catch, when the object of one of these is gone: nobody may be told that such
 * content is stored, nor may bytes be let go of for it, which may be the only ones left. Rejects when the store is away.
 */
export async function requireThere(
  objects: Pick<ObjectStore, 'check' | 'stat'>,
  blobs: readonly PlacedBlob[],
): Promise<void> {
  const keys = [...new Set(blobs.map(({ objectKey }) => objectKey))];
  const missing = new Set<string>();
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const some = keys.slice(start, start + AT_ONCE);
    const stats = await Promise.all(some.map((key) => objects.stat(key)));
    for (const [index, key] of some.entries()) if (stats[index] === null) missing.add(key);
  }
  if (missing.size === 0) return;
  await objects.check();
  throw new LostContentError(blobs.filter(({ objectKey }) => missing.has(objectKey)));
}

/**
 * A transaction in which contents are linked. Where the object of known content turns out to be gone, that is marked as
 * failed, and `work` begins anew: then it is not known, and what was sent takes its place.
 */
export async function linkingTransaction<T>(
  { database, log }: { readonly database: Database; readonly log: Pick<Log, 'error'> },
  work: (repositories: Repositories) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (!(error instanceof LostContentError) || tries === MOST_TRIES) throw error;
      const failed = await failContent(database, error.blobs, REASON);
      if (failed > 0) log.error({ blobIds: error.blobs.map(({ id }) => id) }, 'objects are missing');
    }
  }
}
