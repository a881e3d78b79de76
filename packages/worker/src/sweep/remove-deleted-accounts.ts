import { isOver } from './is-over.ts';
import { removeUnlinked } from './remove-unlinked.ts';
import type { SweepContext } from './sweep-context.ts';

/** Accounts that one sweep begins with. */
const ACCOUNTS = 100;
/** Files, contents or rows of the feed that one transaction removes. */
const AT_ONCE = 1000;

type Used = Pick<SweepContext, 'database' | 'isDryRun' | 'now' | 'signal'>;

/**
 * Removes what is left of deleted accounts: their uploads expire, then files with their versions go, then contents
 * (with which their objects go as all others do), then the feed, and at last the account itself. A large one takes
 * several sweeps; whatever it is stopped at, the next one goes on there. Returns how many accounts are gone; rejects
 * after the last one when any failed.
 */
export async function removeDeletedAccounts(context: Used): Promise<number> {
  const { database, isDryRun, now, signal } = context;
  const { deletedAccounts } = database.repositories;
  if (isDryRun) return deletedAccounts.count();
  const startedMs = performance.now();
  let removed = 0;
  const failures: unknown[] = [];
  for (const userId of await deletedAccounts.list(ACCOUNTS)) {
    if (isOver({ startedMs, signal })) break;
    try {
      await deletedAccounts.expireUploads(userId, now());
      const isEmpty = await inTime(() => removeSome(context, userId), { startedMs, signal });
      if (isEmpty && (await deletedAccounts.remove(userId))) removed += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some deleted accounts could not be removed');
  return removed;
}

/** Goes on until there is nothing left; false when the time was over before. */
async function inTime(
  removeNext: () => Promise<number>,
  time: { readonly startedMs: number; readonly signal: AbortSignal },
): Promise<boolean> {
  for (;;) {
    if ((await removeNext()) === 0) return true;
    if (isOver(time)) return false;
  }
}

/** Removes the next part of an account; gives how much that was. */
async function removeSome({ database, now }: Used, userId: string): Promise<number> {
  const { deletedAccounts } = database.repositories;
  const files = await deletedAccounts.removeFiles(userId, AT_ONCE);
  if (files > 0) return files;
  const ids = await deletedAccounts.findBlobs(userId, AT_ONCE);
  const contents = ids.length === 0 ? 0 : await removeUnlinked(database, { ids, noted: ids, now: now() });
  if (contents > 0) return contents;
  return deletedAccounts.removeHistory(userId, AT_ONCE);
}
