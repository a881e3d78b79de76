import { isOver, type Turn } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

const LIMIT = 1000;
const AT_ONCE = 16;
const TRY_AGAIN_AFTER_MS = 60 * 60_000;

type Used = Pick<SweepContext, 'database' | 'isDryRun' | 'log' | 'now'> &
  Turn & { readonly objects: Pick<SweepContext['objects'], 'delete'> };

/** Deletes objects that were let go of and whose time has come. Returns how many. */
export async function deleteDueObjects(context: Used): Promise<number> {
  const { database, isDryRun, now, onProgress, signal } = context;
  const { objectDeletions } = database.repositories;
  if (isDryRun) return objectDeletions.countDue(now());
  const startedMs = performance.now();
  let deleted = 0;
  for (;;) {
    const due = await objectDeletions.due(now(), LIMIT);
    for (let start = 0; start < due.length && !signal.aborted; start += AT_ONCE) {
      deleted += await deleteSome(context, due.slice(start, start + AT_ONCE));
      onProgress(deleted);
    }
    if (due.length < LIMIT || isOver(context, startedMs)) return deleted;
  }
}

/** One that can't be deleted comes again later, and does not keep the others. */
async function deleteSome(context: Used, keys: readonly string[]): Promise<number> {
  const { objectDeletions } = context.database.repositories;
  const results = await Promise.allSettled(keys.map((key) => context.objects.delete(key)));
  const failed = keys.filter((_, index) => results[index]?.status === 'rejected');
  const done = keys.filter((key) => !failed.includes(key));
  if (failed.length > 0) {
    const [failure] = results.filter((result) => result.status === 'rejected');
    context.log.warn({ err: failure?.reason, objects: failed.length }, 'objects could not be deleted');
    await objectDeletions.postpone(failed, new Date(context.now().getTime() + TRY_AGAIN_AFTER_MS));
  }
  if (done.length > 0) await objectDeletions.done(done);
  return done.length;
}
