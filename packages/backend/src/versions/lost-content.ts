import type { Database, Repositories } from '../database/index.ts';
import type { Log } from '../log/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import { failContent, OBJECT_IS_MISSING } from './fail-content.ts';
import type { SeenObjects } from './seen-objects.ts';

export interface PlacedBlob {
  readonly id: string;
  readonly objectKey: string;
}

/** Content is known, and nobody has looked lately whether the store has it. */
class UnseenContentError extends Error {
  override readonly name = 'UnseenContentError';
  readonly blobs: readonly PlacedBlob[];

  constructor(blobs: readonly PlacedBlob[]) {
    super('Nobody has looked whether the store has content that is known');
    this.blobs = blobs;
  }
}

/** An object may be replaced by its compressed form while we look: then its content has another place the next time. */
const MOST_TRIES = 5;
const AT_ONCE = 16;

/**
 * In a {@link linkingTransaction}, before known content serves in place of other: nobody may be told that content is
 * stored whose object is gone, nor may bytes be let go of for it, which may be the only ones left.
 */
export function requireSeen(seen: SeenObjects, blobs: readonly PlacedBlob[]): void {
  const unseen = blobs.filter(({ objectKey }) => !seen.has(objectKey));
  if (unseen.length > 0) throw new UnseenContentError(unseen);
}

export interface LinkingDependencies {
  readonly database: Database;
  readonly objects: Pick<ObjectStore, 'check' | 'stat'>;
  readonly seenObjects: SeenObjects;
  readonly log: Pick<Log, 'error'>;
}

/**
 * A transaction in which contents are linked. Where it comes upon known content, it is left, so that no lock waits for the
 * store, and begun anew when that was looked at: content whose object is gone is marked as failed, and so not known any
 * more. Rejects when the store is away.
 */
export async function linkingTransaction<T>(
  deps: LinkingDependencies,
  work: (repositories: Repositories) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await deps.database.transaction(work);
    } catch (error) {
      if (!(error instanceof UnseenContentError) || tries === MOST_TRIES) throw error;
      await lookAt(deps, error.blobs);
    }
  }
}

async function lookAt(
  { database, log, objects, seenObjects }: LinkingDependencies,
  blobs: readonly PlacedBlob[],
): Promise<void> {
  const keys = [...new Set(blobs.map(({ objectKey }) => objectKey))];
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const some = keys.slice(start, start + AT_ONCE);
    const stats = await Promise.all(some.map((key) => objects.stat(key)));
    for (const [index, key] of some.entries()) if (stats[index] !== null) seenObjects.add(key);
  }
  const lost = blobs.filter(({ objectKey }) => !seenObjects.has(objectKey));
  if (lost.length === 0) return;
  // Of a store that is not there no object is.
  await objects.check();
  const failed = await failContent(database, lost, OBJECT_IS_MISSING);
  if (failed > 0) log.error({ blobIds: lost.map(({ id }) => id) }, 'objects are missing');
}
