import { isInstashareError } from '../errors/instashare-error.ts';
import { DEFAULT_RETRY_POLICY } from '../retry/retry-policy.ts';
import { type Begun, beginUpload, getSession } from './begin-upload.ts';
import { endsUpload } from './ends-upload.ts';
import { createPassCrc32c, createPassHash, joinPasses } from './incremental-hash.ts';
import { sendContent } from './send-content.ts';
import { abortableSource } from './source.ts';
import type { UploadOptions, UploadOutcome, UploadRequest } from './upload-options.ts';
import { callServer, isSessionGone, type UploadDependencies, type UploadRun } from './upload-run.ts';

/** A session can vanish under an upload (expired, swept); more often than this, something else is wrong. */
const MAX_SESSIONS = 4;
/** Tidying up must not hold up the one who is leaving. */
const CANCEL_TIMEOUT_MS = 2_000;

/**
 * Uploads a file: opens a session, sends the bytes through whatever comes, completes it. Every step can be
 * repeated, so an answer that got lost costs a question, not the file.
 */
export async function upload(deps: UploadDependencies, options: UploadRequest): Promise<UploadOutcome> {
  const source = abortableSource(options.source, options.signal);
  const run: UploadRun = {
    deps,
    options: { ...options, source, onProgress: rising(options.onProgress) },
    retry: options.retry ?? DEFAULT_RETRY_POLICY,
    sha256: options.sha256,
    hash: options.sha256 === undefined ? createPassHash(deps.createSha256) : null,
    crc32c: null,
    sentBytes: 0,
  };
  for (let sessions = 1; ; sessions += 1) {
    const begun = await beginUpload(run, sessions === 1 ? options.resumeUploadId : undefined);
    if (begun.kind === 'linked') {
      // The file may have a newer version by now.
      const sha256 = run.sha256 ?? begun.file.sha256;
      return { file: begun.file, sha256, alreadyStored: true, sentBytes: run.sentBytes };
    }
    try {
      return await sendAndComplete(run, begun);
    } catch (error) {
      if (sessions < MAX_SESSIONS && isSessionGone(error)) continue;
      if (!isWorthKeeping(run, error)) await cancelQuietly(deps, begun.id);
      throw error;
    }
  }
}

/** Bytes that have to be sent again after a cut were told before. */
function rising(onProgress: UploadOptions['onProgress']): UploadOptions['onProgress'] {
  if (onProgress === undefined) return undefined;
  let told = 0;
  return (acceptedBytes) => {
    told = Math.max(told, acceptedBytes);
    onProgress(told);
  };
}

async function sendAndComplete(
  run: UploadRun,
  begun: Exclude<Begun, { kind: 'linked' }>,
): Promise<UploadOutcome> {
  const { options } = run;
  if (begun.kind === 'open') await send(run, begun);
  const sha256 = await settleHash(run);
  const crc32c = await settleCrc32c(run);
  await options.beforeComplete?.(sha256);
  const input = { id: begun.id, sha256, ...(crc32c === undefined ? {} : { crc32c }) };
  const file = await callServer(run, (api, callOptions) => api.complete(input, callOptions));
  return { file, sha256, alreadyStored: false, sentBytes: run.sentBytes };
}

/** The sha256 of everything sent; what the hash has not seen (another run sent it) is read now. */
async function settleHash(run: UploadRun): Promise<string> {
  const { source, signal } = run.options;
  if (run.sha256 !== undefined) return run.sha256;
  const hash = run.hash ?? createPassHash(run.deps.createSha256);
  await hash.catchUp(source, source.sizeBytes, signal);
  run.sha256 = hash.digestHex();
  run.hash = null;
  return run.sha256;
}

/** What another run sent, or a lost answer left out, is read now. */
async function settleCrc32c({ crc32c, options }: UploadRun): Promise<string | undefined> {
  await crc32c?.catchUp(options.source, options.source.sizeBytes, options.signal);
  return crc32c?.digestBase64();
}

async function send(run: UploadRun, begun: Extract<Begun, { kind: 'open' }>): Promise<void> {
  const { options, deps, retry } = run;
  // Kept from session to session: each byte passes once, whatever session it is sent to.
  if (begun.session.comparesCrc32c === true) run.crc32c ??= createPassCrc32c(deps.createCrc32c);
  try {
    const { sentBytes } = await sendContent({
      transport: deps.transport,
      largestChunkBytes: deps.largestChunkBytes,
      session: begun.session,
      source: options.source,
      hash: joinPasses([run.hash, run.crc32c]),
      resume: begun.resume,
      renew: () => getSession(run, begun.id),
      onProgress: options.onProgress,
      retry,
      signal: options.signal,
    });
    run.sentBytes += sentBytes;
  } catch (error) {
    // All bytes are there: what remains is to complete it.
    if (!isInstashareError(error, 'upload_finished')) throw error;
  }
}

/** What was sent is only of use to one who remembers the session. */
function isWorthKeeping({ options }: UploadRun, error: unknown): boolean {
  return options.onSession !== undefined && (options.signal?.aborted === true || !endsUpload(error));
}

async function cancelQuietly(deps: UploadDependencies, id: string): Promise<void> {
  const signal = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
  // The server's sweep removes what is left; the error that led here is the one to report.
  await deps.api.cancel(id, { signal }).catch(() => undefined);
}
