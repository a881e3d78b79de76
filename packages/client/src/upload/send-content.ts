import type { UploadSession } from '@instashare/contracts';
import { InstashareError } from '../errors/instashare-error.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import { createStallGuard, type StallGuard } from '../retry/stall-guard.ts';
import { type ChunkSizer, chunkSizer } from './chunk-sizer.ts';
import type { Pass } from './incremental-hash.ts';
import type { PutOutcome } from './interpret-answer.ts';
import { askOffset, type PutContext, putChunk } from './put-chunk.ts';
import type { UploadSource } from './source.ts';
import type { Transport } from './transport.ts';

export interface SendContentOptions {
  readonly transport: Transport;
  readonly session: UploadSession;
  readonly source: UploadSource;
  /** Sees every byte once, in order; null when nothing is to be found out. */
  readonly hash: Pass | null;
  /** True when an earlier run may have sent some of it: ask first. */
  readonly resume: boolean;
  /** A (possibly new) address of the same session; rejects when the session is gone. */
  readonly renew: () => Promise<UploadSession>;
  /** Told how many bytes from the start the network has taken; can fall back after a cut. */
  readonly onProgress?: ((acceptedBytes: number) => void) | undefined;
  readonly retry: RetryPolicy;
  readonly largestChunkBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/**
 * With a cloud store the server does not see the bytes come: by asking for the address again it learns that the
 * upload still goes on, and keeps it open.
 */
const SAY_ALIVE_EVERY_MS = 60 * 60_000;

interface Run {
  readonly options: SendContentOptions;
  readonly guard: StallGuard;
  readonly chunks: ChunkSizer;
  readonly now: () => number;
  session: UploadSession;
  sessionAskedAtMs: number;
  /** Where to go on; null: unknown, so ask. */
  offset: number | null;
  furthest: number;
  sentBytes: number;
  isRenewed: boolean;
}

const nothingKept = () => new InstashareError('unavailable', 'The store keeps nothing of what it is sent');

/**
 * Sends the whole source to an upload session, through cuts, restarts and proxies, and returns how many bytes
 * went over the line. Rejects when nothing moved for `retry.stalledAfterMs`, and at once with an error that
 * trying again does not mend.
 */
export async function sendContent(options: SendContentOptions): Promise<{ readonly sentBytes: number }> {
  const { source, signal, now = () => performance.now() } = options;
  const run: Run = {
    options,
    now,
    sessionAskedAtMs: now(),
    guard: createStallGuard({ policy: options.retry, signal }),
    chunks: chunkSizer(options.session.chunkGranularityBytes, { largestBytes: options.largestChunkBytes }),
    session: options.session,
    offset: options.resume ? null : 0,
    furthest: 0,
    sentBytes: 0,
    isRenewed: false,
  };
  for (;;) {
    signal?.throwIfAborted();
    const outcome = await step(run);
    if (outcome.kind === 'finished') break;
    await follow(run, outcome);
  }
  await options.hash?.catchUp(source, source.sizeBytes, signal);
  options.onProgress?.(source.sizeBytes);
  return { sentBytes: run.sentBytes };
}

async function step(run: Run): Promise<PutOutcome> {
  const { options, offset } = run;
  let accepted = offset ?? 0;
  const onSent = (bytes: number) => {
    run.sentBytes += bytes;
    accepted += bytes;
    options.onProgress?.(accepted);
  };
  const context = { ...options, session: run.session, onSent };
  if (offset !== null && run.now() - run.sessionAskedAtMs > SAY_ALIVE_EVERY_MS) {
    await renew(run);
    return askOffset({ ...context, session: run.session });
  }
  if (offset !== null) return putNext(run, context, offset);
  const outcome = await askOffset(context);
  // Even asking is refused: it was completed or cancelled, which only its record can tell.
  const isClosed = outcome.kind === 'ask' && outcome.error.code === 'upload_finished';
  return isClosed ? { kind: 'address-refused', error: outcome.error } : outcome;
}

async function putNext(run: Run, context: PutContext, offset: number): Promise<PutOutcome> {
  const chunkBytes = run.chunks.current();
  const begunAtMs = run.now();
  const outcome = await putChunk(context, offset, chunkBytes);
  const isWhole = outcome.kind === 'kept' && outcome.offset === offset + chunkBytes;
  if (isWhole) run.chunks.sent(run.now() - begunAtMs);
  return outcome;
}

async function follow(run: Run, outcome: Exclude<PutOutcome, { kind: 'finished' }>): Promise<void> {
  switch (outcome.kind) {
    case 'kept':
      return moveTo(run, outcome.offset);
    case 'ask':
      run.offset = null;
      run.chunks.broke();
      return run.guard.waitAfter(outcome.error);
    case 'too-large':
      run.offset = null;
      if (!run.chunks.shrink()) throw outcome.error;
      return;
    case 'address-refused':
      run.offset = null;
      if (run.isRenewed) throw outcome.error;
      run.isRenewed = true;
      return renew(run);
    case 'failed':
      throw outcome.error;
  }
}

async function renew(run: Run): Promise<void> {
  run.session = await run.options.renew();
  run.sessionAskedAtMs = run.now();
}

async function moveTo(run: Run, kept: number): Promise<void> {
  const hadSent = run.offset !== null;
  const hasAdvanced = kept > run.furthest;
  run.offset = kept === run.options.source.sizeBytes ? null : kept;
  run.options.onProgress?.(kept);
  if (hasAdvanced) {
    run.furthest = kept;
    run.isRenewed = false;
    run.guard.progressed();
    run.chunks.passed();
  }
  // All there and yet not finished, or sent and yet not kept: ask again, but not in a tight circle.
  if (run.offset === null || (hadSent && !hasAdvanced)) await run.guard.waitAfter(nothingKept());
}
