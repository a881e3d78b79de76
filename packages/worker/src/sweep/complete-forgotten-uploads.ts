import type { UploadRow } from '@instashare/backend/database';
import { isAppError } from '@instashare/backend/errors';
import { batchBlobs } from '@instashare/backend/queue';
import type { ObjectStat } from '@instashare/backend/storage';
import { bookUpload } from '@instashare/backend/versions';
import type { SweepContext } from './sweep-context.ts';

/** Whoever sent the bytes completes the upload right after them, if at all. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const LIMIT = 200;
const FEW = 10;
const STEP = 'uncompleted uploads';

/**
 * Completes uploads whose bytes are all there while nobody asked for it: the client went away in between. Only
 * where the sha256 was given at creation, and nothing newer happened at the path since. Returns how many. Rejects, and
 * the next run goes on behind, when uploads can't be looked at.
 */
export async function completeForgottenUploads(context: SweepContext): Promise<number> {
  const { cursors, database, now } = context;
  const before = new Date(now().getTime() - FORGOTTEN_AFTER_MS);
  const afterId = await cursors.find(STEP);
  const page = await database.repositories.uploads.findUncompleted(afterId, { before, limit: LIMIT });
  const { completed, failures, asked } = await completeEach(context, page);
  const isAll = asked === page.length && page.length < LIMIT;
  const nextId = isAll ? null : (page[asked - 1]?.id ?? null);
  if (nextId !== afterId) await cursors.save(STEP, nextId);
  if (failures.length > 0) throw new AggregateError(failures, 'Some uploads could not be looked at');
  return completed;
}

interface Completions {
  readonly completed: number;
  readonly failures: readonly unknown[];
  /** How many of the page were looked at. */
  readonly asked: number;
}

/**
 * One that can't be looked at must not keep the others. After a few the rest is left to the next run: each may have
 * waited for a store that is away.
 */
async function completeEach(context: SweepContext, page: readonly UploadRow[]): Promise<Completions> {
  const failures: unknown[] = [];
  let asked = 0;
  let completed = 0;
  for (const upload of page) {
    context.signal.throwIfAborted();
    if (failures.length > FEW) break;
    asked += 1;
    try {
      if (await completeIfWhole(context, upload)) completed += 1;
    } catch (error) {
      context.log.warn({ err: error, uploadId: upload.id }, 'an upload could not be looked at');
      failures.push(error);
    }
  }
  return { completed, failures, asked };
}

async function completeIfWhole(context: SweepContext, upload: UploadRow): Promise<boolean> {
  const stat = await wholeObject(context, upload);
  if (stat === null || !isAsDeclared(upload, stat)) return false;
  if (context.isDryRun) return true;
  const isCompleted = await complete(context, upload, stat);
  if (isCompleted) context.log.info({ uploadId: upload.id }, 'completed an upload that was forgotten');
  return isCompleted;
}

/** The upload's object; a session that has all its bytes is finished by asking. null when some are missing. */
async function wholeObject(
  { objects, isDryRun }: SweepContext,
  upload: UploadRow,
): Promise<ObjectStat | null> {
  const stat = await objects.stat(upload.objectKey);
  if (stat !== null || isDryRun || upload.session === null) return stat;
  const status = await objects.uploadSessionStatus(upload.objectKey, upload.session);
  return status.state === 'finished' ? objects.stat(upload.objectKey) : null;
}

/** What is not is left to expire. */
function isAsDeclared(upload: UploadRow, stat: ObjectStat): boolean {
  return stat.sizeBytes === upload.sizeBytes && (stat.sha256 === null || stat.sha256 === upload.sha256);
}

/** False when it was completed, ended, or overtaken meanwhile. */
async function complete(context: SweepContext, upload: UploadRow, stat: ObjectStat): Promise<boolean> {
  if (upload.sha256 === null) return false;
  const options = { sha256: upload.sha256, verified: stat.sha256 !== null, onlyIfNewest: true };
  const booked = await bookUpload(context, upload, options).catch((error: unknown) => {
    // Whoever sent it wanted to be told rather than to hide what is there.
    if (isAppError(error, 'version_mismatch')) return null;
    throw error;
  });
  if (booked === null) return false;
  for (const { blobIds, priority } of batchBlobs(booked.newBlob === null ? [] : [booked.newBlob])) {
    await context.queue.enqueue('compress-blobs', { blobIds }, { priority });
  }
  return true;
}
