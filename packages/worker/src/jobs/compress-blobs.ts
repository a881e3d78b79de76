import type { BlobRow } from '@instashare/backend/database';
import type { BlobMeter } from '@instashare/backend/monitoring';
import type { JobContext, JobHandler } from '@instashare/backend/queue';
import type { ObjectStore } from '@instashare/backend/storage';
import { compressBlob, type Verdict } from '../compress/compress-blob.ts';
import type { CompressFrame } from '../compress/compress-frame.ts';
import { compressPack, type PackOutcome } from '../compress/compress-pack.ts';
import { isPacked, type PackedBlob } from '../compress/pack-object.ts';
import type { Slots } from '../compress/slots.ts';
import { createTargets } from '../compress/targets.ts';
import { verifyInPlace } from '../compress/verify-in-place.ts';
import { forEachAtOnce } from '../for-each-at-once.ts';
import { type Fault, giveUp } from './give-up.ts';
import { type SettleDependencies, settleBlobs } from './settle-blobs.ts';

export interface CompressDependencies extends Omit<SettleDependencies, 'log'> {
  readonly objects: ObjectStore;
  readonly newId: () => string;
  readonly compressFrame: CompressFrame;
  /** Of the configuration. */
  readonly level: number;
  /** One for each frame in memory. */
  readonly slots: Slots;
  readonly onSettled?: BlobMeter['settled'] | undefined;
}

/** Blobs of one job that are worked on side by side: small ones wait for the disk most of the time. */
const BLOBS_AT_ONCE = 8;

/**
 * The job that verifies stored blobs and compresses those that shrink. One bad blob does not keep the others
 * from being settled; what fails is tried again by the queue, and the last attempt gives up on blobs whose own
 * object is at fault.
 */
export function createCompressBlobs(deps: CompressDependencies): JobHandler<'compress-blobs'> {
  return async ({ blobIds, verifyOnly }, context) => {
    const startedMs = performance.now();
    const rows = await deps.database.repositories.blobs.findMany(blobIds);
    const stored = rows.filter(({ status }) => status === 'stored');
    const { verdicts, faults } = await (verifyOnly === true ? verifyOn : workOn)(deps, stored, context);
    // What was told to stop did not fail: another worker goes on with it.
    const isLast = context.isLastAttempt && !context.signal.aborted;
    const left = isLast ? await giveUp({ ...deps, ...context }, { faults, verdicts }) : faults;
    const settled = await settleBlobs({ ...deps, log: context.log }, verdicts);
    if (stored.length > 0) {
      const durationMs = Math.round(performance.now() - startedMs);
      const figures = { ...settled, ...sizesOf(stored, verdicts) };
      deps.onSettled?.(figures);
      context.log.info({ ...figures, durationMs }, 'compressed');
    }
    context.signal.throwIfAborted();
    if (left.length > 0) throw failureOf(left, context);
  };
}

interface Outcome {
  readonly verdicts: Map<string, Verdict>;
  readonly faults: Fault[];
}

/** Of which workers have died: one after the other. */
async function verifyOn(
  { objects }: CompressDependencies,
  stored: readonly BlobRow[],
  { signal }: JobContext,
): Promise<Outcome> {
  const outcome: Outcome = { verdicts: new Map(), faults: [] };
  for (const blob of stored) {
    if (signal.aborted) break;
    await verifyInPlace(blob, { objects, signal }).then(
      (verdict) => outcome.verdicts.set(blob.id, verdict),
      (error: unknown) => outcome.faults.push({ blob, error }),
    );
  }
  return outcome;
}

async function workOn(
  deps: CompressDependencies,
  stored: readonly BlobRow[],
  { signal, reportProgress }: JobContext,
): Promise<Outcome> {
  const verdicts = new Map<string, Verdict>();
  const faults: Fault[] = [];
  const targets = createTargets(deps);
  // One that was compressed before stays where it is: it is only verified.
  const packed = stored.filter(isPacked).filter(({ encoding }) => encoding === 'identity');
  const packs = Map.groupBy(packed, ({ userId }) => userId);
  for (const [userId, blobs] of packs) {
    if (signal.aborted) break;
    const outcome = await workOnPack(deps, blobs, { userId, signal });
    for (const [id, verdict] of outcome.verdicts) verdicts.set(id, verdict);
    for (const blob of blobs.filter(({ id }) => outcome.faults.has(id)))
      faults.push({ blob, error: outcome.faults.get(blob.id) });
  }
  const alone = stored.filter((blob) => !packs.get(blob.userId)?.some(({ id }) => id === blob.id));
  await forEachAtOnce(alone, BLOBS_AT_ONCE, async (blob) => {
    if (signal.aborted) return;
    const onProgress = (doneBytes: number) => reportProgress({ blobId: blob.id, doneBytes });
    try {
      verdicts.set(blob.id, await compressBlob(blob, { ...deps, targets, signal, onProgress }));
    } catch (error) {
      faults.push({ blob, error });
    }
  });
  return { verdicts, faults };
}

async function workOnPack(
  deps: CompressDependencies,
  blobs: readonly PackedBlob[],
  { userId, signal }: { readonly userId: string; readonly signal: AbortSignal },
): Promise<PackOutcome> {
  const release = await deps.slots.take();
  try {
    const sizeBytes = blobs.reduce((sum, blob) => sum + blob.sizeBytes, 0);
    const targetKey = await createTargets(deps).take({ sizeBytes, userId });
    return await compressPack(blobs, { ...deps, targetKey, signal });
  } catch (error) {
    return { verdicts: new Map(), faults: new Map(blobs.map(({ id }) => [id, error])) };
  } finally {
    release();
  }
}

function failureOf(faults: readonly Fault[], { log }: JobContext): Error {
  for (const { blob, error } of faults)
    log.warn({ blobId: blob.id, err: error }, 'a blob could not be processed');
  const errors = faults.map(({ error }) => error);
  return new AggregateError(errors, `${faults.length} blobs could not be processed: ${reasonOf(errors[0])}`);
}

/** The queue keeps no more of an error than its message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
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
