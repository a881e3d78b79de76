import { isOver, type Turn } from './in-parts.ts';
import { removeUnlinked } from './remove-unlinked.ts';
import type { SweepContext } from './sweep-context.ts';

/** Accounts that are looked for at once. */
const ACCOUNTS = 100;
/** Files, contents or rows of the feed that one transaction removes. */
const AT_ONCE = 1000;

type Used = Pick<SweepContext, 'database' | 'isDryRun' | 'now'> & Turn;

/**
 * Removes what is left of deleted accounts: their uploads expire, then files with their versions go, then contents
 * (with which their objects go as all others do), then the feed, and at last the account itself. A large one takes
 * several sweeps; whatever it is stopped at, the next one goes on there. Returns how many accounts are gone; rejects
 * after the last one when any failed.
 */
export async function removeDeletedAccounts(context: Used): Promise<number> {
  const { deletedAccounts } = context.database.repositories;
  if (context.isDryRun) return deletedAccounts.count();
  const startedMs = performance.now();
  const failures: unknown[] = [];
  /** For the next sweep. */
  const staying: string[] = [];
  let gone = 0;
  for (;;) {
    const found = await deletedAccounts.list(ACCOUNTS, staying);
    for (const userId of found) {
      if (isOver(context, startedMs)) break;
      const isGone = await removeAccount(context, userId, startedMs).catch((error: unknown) => {
        failures.push(error);
        return false;
      });
      if (isGone) gone += 1;
      else staying.push(userId);
    }
    context.onProgress(gone);
    if (found.length < ACCOUNTS || isOver(context, startedMs)) break;
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some deleted accounts could not be removed');
  return gone;
}

/** False when it is not gone yet. */
async function removeAccount(context: Used, userId: string, startedMs: number): Promise<boolean> {
  const { deletedAccounts } = context.database.repositories;
  await deletedAccounts.expireUploads(userId, context.now());
  for (;;) {
    if ((await removeSome(context, userId)) === 0) return deletedAccounts.remove(userId);
    if (isOver(context, startedMs)) return false;
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
