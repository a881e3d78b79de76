import { createHash } from 'node:crypto';
import { endsUpload, type UploadOutcome, type UploadSource } from '@instashare/client/node';
import type { LocalStat } from '../model/local-stat.ts';
import { isSameStat } from '../model/local-stat.ts';
import type { OpenFile } from './environment.ts';
import {
  type ItemOutcome,
  identityOf,
  knownAfterUpload,
  knownAgain,
  modifiedAtOf,
  requireUntouched,
  UPLOAD_RETRY,
  type UploadContext,
} from './upload-outcome.ts';

/** How much of a large file is read before it is asked again whether it is still being written to. */
const LOOK_EVERY_BYTES = 32 * 1024 * 1024;
const HASH_BLOCK_BYTES = 1024 * 1024;

/**
 * Sends a large file and hashes it in the same pass, going on with an upload that an earlier run began. Where
 * the server may well have the content (a copy, a file that was only touched, a lost state), it is hashed
 * first: reading twice is cheaper than sending for nothing.
 */
export async function uploadLarge(
  context: UploadContext,
  file: OpenFile,
  stat: LocalStat,
): Promise<ItemOutcome> {
  const { env, item, signal } = context;
  const recorded = { stat, recordedAtMs: env.clock.now().wallMs };
  const source = attentiveSource(file, stat);
  const resumeUploadId = await resumableUpload(context, stat);
  const known = env.state.known(item.path);
  let sha256: string | undefined;
  if (resumeUploadId === undefined && (await mayBeThere(context, stat))) {
    context.onPostponed();
    sha256 = await hashSource(source, signal);
    await requireUntouched(file, stat);
    if (known?.sha256 === sha256) return { kind: 'same', known: knownAgain(known, item, recorded) };
  }
  const upload = await send(context, stat, { file, source, sha256, resumeUploadId });
  return { kind: 'stored', known: knownAfterUpload(item, recorded, upload), upload };
}

interface Sending {
  readonly file: OpenFile;
  readonly source: UploadSource;
  readonly sha256: string | undefined;
  readonly resumeUploadId: string | undefined;
}

async function send(
  { env, item, signal, onAnswered, onContent }: UploadContext,
  stat: LocalStat,
  sending: Sending,
): Promise<UploadOutcome> {
  // The first that is heard of an upload that is gone on with is how much of it there is.
  let isKeptKnown = sending.resumeUploadId === undefined;
  item.keptBytes = 0;
  // What is known already may be stored without a byte being sent.
  if (sending.sha256 !== undefined) onContent(sending.sha256);
  try {
    const outcome = await env.remote.upload({
      path: item.path,
      source: sending.source,
      sha256: sending.sha256,
      modifiedAt: modifiedAtOf(stat),
      resumeUploadId: sending.resumeUploadId,
      onSession: (uploadId) => env.state.putOpenUpload({ ...identityOf(stat), path: item.path, uploadId }),
      onProgress: (acceptedBytes) => {
        if (!isKeptKnown) item.keptBytes = acceptedBytes;
        isKeptKnown = true;
        item.sentBytes = acceptedBytes;
        // There is a session by now, and the store takes bytes.
        onAnswered();
      },
      async beforeComplete(sha256) {
        await requireUntouched(sending.file, stat);
        onContent(sha256);
      },
      retry: UPLOAD_RETRY,
      signal,
    });
    return outcome;
  } catch (error) {
    // Otherwise the client keeps the session, and so do we.
    if (!signal.aborted && endsUpload(error)) env.state.removeOpenUpload(item.path);
    throw error;
  }
}

/** The upload that was begun for exactly this state of the file; one of another state is ended. */
async function resumableUpload({ env, item }: UploadContext, stat: LocalStat): Promise<string | undefined> {
  const begun = env.state.openUpload(item.path);
  if (begun === undefined) return undefined;
  if (isSameStat(begun, stat)) return begun.uploadId;
  await env.remote.cancelUpload(begun.uploadId);
  env.state.removeOpenUpload(item.path);
  return undefined;
}

async function mayBeThere({ env, item, signal }: UploadContext, stat: LocalStat): Promise<boolean> {
  if (env.state.knowsSize(stat.sizeBytes)) return true;
  if (env.state.known(item.path) !== undefined) return false;
  const there = await env.remote.findByPath(item.path, signal);
  return there?.sizeBytes === stat.sizeBytes;
}

/** Reads a file and now and then looks whether it is still as it was, so that not all of it is sent in vain. */
function attentiveSource(file: OpenFile, stat: LocalStat): UploadSource {
  let readSinceLook = 0;
  return {
    sizeBytes: stat.sizeBytes,
    async read(target, position) {
      readSinceLook += target.byteLength;
      if (readSinceLook >= LOOK_EVERY_BYTES) {
        readSinceLook = 0;
        await requireUntouched(file, stat);
      }
      return file.read(target, position);
    },
  };
}

async function hashSource(source: UploadSource, signal: AbortSignal): Promise<string> {
  const sha256 = createHash('sha256');
  const buffer = new Uint8Array(HASH_BLOCK_BYTES);
  for (let position = 0; position < source.sizeBytes; ) {
    signal.throwIfAborted();
    const bytesRead = await source.read(buffer, position);
    if (bytesRead === 0) break;
    sha256.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  return sha256.digest('hex');
}
