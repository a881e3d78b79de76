import type { UploadRow } from '@instashare/backend/database';
import { forEachAtOnce } from '../for-each-at-once.ts';
import { inParts, isOver } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

const LIMIT = 500;
const AT_ONCE = 8;
const FEW = 10;
const STEP = 'over uploads';
/** Nothing but rows: nobody asks about them any more. */
const COMPLETED_LIMIT = 10_000;

/**
 * Removes uploads that are over: expired ones with their bytes and what they had reserved, cancelled and
 * refused ones, and completed ones whose time is over. Returns how many.
 */
export async function removeOverUploads(context: SweepContext): Promise<number> {
  const { uploads } = context.database.repositories;
  const now = context.now();
  if (context.isDryRun) return uploads.countOver(now);
  const startedMs = performance.now();
  let removed = await inParts(context, COMPLETED_LIMIT, () => uploads.removeCompleted(now, COMPLETED_LIMIT));
  for (;;) {
    const over = await uploads.findOver(now, LIMIT);
    const { asked, failures } = await removeEach(context, over, now);
    removed += asked;
    context.onProgress(removed);
    if (failures.length > 0) throw new AggregateError(failures, 'Some uploads could not be removed');
    if (over.length < LIMIT || isOver(context, startedMs)) return removed;
  }
}

/**
 * One whose session can't be cancelled must not keep the others. After a few the rest is left to the next run, which
 * begins behind them: each may have waited for a store that is away.
 */
async function removeEach(context: SweepContext, over: readonly UploadRow[], now: Date) {
  const { cursors, signal } = context;
  const afterId = await cursors.find(STEP);
  const page = over.filter(({ id }) => afterId === null || id > afterId).toSorted(byId);
  const failures: unknown[] = [];
  let asked = 0;
  await forEachAtOnce(page, AT_ONCE, async (upload) => {
    signal.throwIfAborted();
    if (failures.length > FEW) return;
    asked += 1;
    await remove(upload, context, now).catch((error: unknown) => failures.push(error));
  });
  const nextId = asked === page.length ? null : (page[asked - 1]?.id ?? null);
  if (nextId !== afterId) await cursors.save(STEP, nextId);
  return { asked, failures };
}

const byId = (one: UploadRow, other: UploadRow): number => (one.id < other.id ? -1 : 1);

/** In this order a crash at any point leaves a row that the next sweep finds. */
async function remove(
  upload: UploadRow,
  { database, objects }: Pick<SweepContext, 'database' | 'objects'>,
  now: Date,
): Promise<void> {
  const { uploads } = database.repositories;
  const ended = upload.state === 'pending' ? await uploads.expire(upload.id, now) : upload.state === 'ended';
  // One that was completed or went on between the two statements stays until it is found as such.
  if (!ended) return;
  if (upload.session !== null) await objects.cancelUploadSession(upload.objectKey, upload.session);
  await uploads.remove(upload.id);
}
