import type { BlobRow } from '@instashare/backend/database';
import { isStorageError } from '@instashare/backend/errors';
import type { JobContext, JobHandler } from '@instashare/backend/queue';
import type { ObjectStore } from '@instashare/backend/storage';
import { compressBlob, type Verdict } from '../compress/compress-blob.ts';
import type { CompressFrame } from '../compress/compress-frame.ts';
import { compressPack, isPacked, type PackedBlob, type PackOutcome } from '../compress/compress-pack.ts';
import type { Slots } from '../compress/slots.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import { type SettleDependencies, settleBlobs } from './settle-blobs.ts';

export interface CompressDependencies extends SettleDependencies {
  readonly objects: ObjectStore;
  readonly newId: () => string;
  readonly compressFrame: CompressFrame;
  /** One for each frame in memory. */
  readonly slots: Slots;
}

/** Blobs of one job that are worked on side by side: small ones wait for the disk most of the time. */
const BLOBS_AT_ONCE = 8;

/** A pack that was written and is not in use after this time goes: far longer than a job takes. */
const PACK_LIFETIME_MS = 3_600_000;

interface Fault {
  readonly blobId: string;
  readonly error: unknown;
}

/**
 * The job that verifies stored blobs and compresses those that shrink. One bad blob does not keep the others
 * from being settled; what fails is tried again by the queue, and the last attempt gives up on blobs that fail
 * by themselves, though never because the store or the database is down.
 */
export function createCompressBlobs(deps: CompressDependencies): JobHandler<'compress-blobs'> {
  return async ({ blobIds }, context) => {
    const startedMs = performance.now();
    const rows = await deps.database.repositories.blobs.findMany(blobIds);
    const stored = rows.filter(({ status }) => status === 'stored');
    const { verdicts, faults } = await workOn(deps, stored, context);
    const left = context.isLastAttempt ? await giveUp(deps, { faults, verdicts }) : faults;
    const settled = await settleBlobs(deps, verdicts);
    if (stored.length > 0) {
      const durationMs = Math.round(performance.now() - startedMs);
      context.log.info({ ...settled, ...sizesOf(stored, verdicts), durationMs }, 'compressed');
    }
    context.signal.throwIfAborted();
    if (left.length > 0) throw failureOf(left, context);
  };
}

async function workOn(
  deps: CompressDependencies,
  stored: readonly BlobRow[],
  { signal, reportProgress }: JobContext,
) {
  const verdicts = new Map<string, Verdict>();
  const faults: Fault[] = [];
  // One that was compressed before stays where it is: it is only verified.
  const packed = stored.filter(isPacked).filter(({ encoding }) => encoding === 'identity');
  const packs = Map.groupBy(packed, ({ userId }) => userId);
  for (const [userId, blobs] of packs) {
    if (signal.aborted) break;
    const outcome = await workOnPack(deps, blobs, { userId, signal });
    for (const [id, verdict] of outcome.verdicts) verdicts.set(id, verdict);
    for (const [blobId, error] of outcome.faults) faults.push({ blobId, error });
  }
  const alone = stored.filter((blob) => !packs.get(blob.userId)?.some(({ id }) => id === blob.id));
  await forEachAtOnce(alone, BLOBS_AT_ONCE, async (blob) => {
    if (signal.aborted) return;
    const onProgress = (doneBytes: number) => reportProgress({ blobId: blob.id, doneBytes });
    try {
      verdicts.set(blob.id, await compressBlob(blob, { ...deps, signal, onProgress }));
    } catch (error) {
      faults.push({ blobId: blob.id, error });
    }
  });
  return { verdicts, faults };
}

async function workOnPack(
  deps: CompressDependencies,
  blobs: readonly PackedBlob[],
  { userId, signal }: { readonly userId: string; readonly signal: AbortSignal },
): Promise<PackOutcome> {
  const targetKey = `${userId}/${deps.newId()}.zst`;
  const release = await deps.slots.take();
  try {
    // Before it is there: what a crash leaves of it goes by itself. The switch withdraws this.
    const dueAt = new Date(deps.now().getTime() + PACK_LIFETIME_MS);
    await deps.database.repositories.objectDeletions.schedule([targetKey], dueAt);
    return await compressPack(blobs, { ...deps, targetKey, signal });
  } catch (error) {
    return { verdicts: new Map(), faults: new Map(blobs.map(({ id }) => [id, error])) };
  } finally {
    release();
  }
}

/** Turns faults of single blobs into verdicts; gives those that are not theirs. */
async function giveUp(
  { objects }: CompressDependencies,
  { faults, verdicts }: { readonly faults: readonly Fault[]; readonly verdicts: Map<string, Verdict> },
): Promise<readonly Fault[]> {
  if (faults.length === 0) return faults;
  const storeWorks = await objects.check().then(
    () => true,
    () => false,
  );
  if (!storeWorks) return faults;
  const own = faults.filter(({ error }) => !isStorageError(error, 'storage_full'));
  for (const { blobId, error } of own) {
    const message = error instanceof Error ? error.message : String(error);
    verdicts.set(blobId, { kind: 'failed', reason: `Could not be processed: ${message}` });
  }
  return faults.filter((fault) => !own.includes(fault));
}

function failureOf(faults: readonly Fault[], { log }: JobContext): Error {
  for (const { blobId, error } of faults) log.warn({ blobId, err: error }, 'a blob could not be processed');
  return new AggregateError(
    faults.map(({ error }) => error),
    `${faults.length} blobs could not be processed`,
  );
}

function sizesOf(stored: readonly BlobRow[], verdicts: ReadonlyMap<string, Verdict>) {
  let sizeBytes = 0;
  let storedBytes = 0;
  for (const blob of stored) {
    const verdict = verdicts.get(blob.id);
    if (verdict?.kind !== 'ready') continue;
    sizeBytes += blob.sizeBytes;
    storedBytes += verdict.location.storedBytes;
  }
  return { sizeBytes, storedBytes };
}
