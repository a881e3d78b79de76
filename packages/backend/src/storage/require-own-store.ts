import { StorageError } from '../errors/index.ts';
import type { ObjectStore } from './object-store.ts';

/** What the database knows of the store that belongs to it. */
export interface StoreOwner {
  /** Every database has its own. */
  readonly instanceId: string;
  /** The store was marked before and has content: one without a mark is another one, or is not there. */
  readonly expectsMark: boolean;
  /** False for who only looks: then a store that nobody has marked stays as it is. */
  readonly mayMark: boolean;
  /** Told when the store carries this database's mark. */
  readonly noteMark: () => Promise<void>;
}

/**
 * Makes sure that the store is this database's, and marks it when it is nobody's yet: the sweep removes from it what
 * the database does not know, which in another one's store would be everything. Rejects with `storage_failed`.
 */
export async function requireOwnStore(
  store: Pick<ObjectStore, 'mark' | 'readMark'>,
  { place, owner }: { readonly place: string; readonly owner: StoreOwner },
): Promise<void> {
  const { instanceId } = owner;
  const found = await store.readMark();
  if (found === null && owner.expectsMark) {
    throw new StorageError(
      'storage_failed',
      `${place} does not carry the mark of this database, which has content elsewhere. Is its disk mounted, and is ` +
        `the configuration the one of before? When you moved the objects, move their file ".instance" as well; when the ` +
        `objects really are there, or are gone for good, make that file with this line in it: ${instanceId}`,
    );
  }
  if (found === null && !owner.mayMark) return;
  const mark = found ?? (await store.mark(instanceId));
  if (mark !== instanceId) {
    throw new StorageError(
      'storage_failed',
      `${place} belongs to another database (instance ${mark}, this one is ${instanceId}), whose objects would be ` +
        'removed as unknown. Give each database a place of its own. When that database is gone for good, and its ' +
        'objects with it, remove the file ".instance" there.',
    );
  }
  await owner.noteMark();
}
