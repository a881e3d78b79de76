import type { CreateResumableUploadOptions } from '@google-cloud/storage';
import { unlessAborted } from '../../waiting/index.ts';
import type { GcsContext } from './gcs-context.ts';
import { retrying } from './retrying.ts';

/** As the library has for its other requests; for this one it has none. */
const START_TIMEOUT_MS = 60_000;

export interface SessionStart extends Pick<CreateResumableUploadOptions, 'metadata' | 'origin'> {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Starts a resumable session for a key that is not taken, and gives its address. One whose answer does not come in time
 * is started anew: the other costs nothing, and ends within a week.
 */
export async function startSession(
  { bucket, retry }: Pick<GcsContext, 'bucket' | 'retry'>,
  key: string,
  { signal, timeoutMs = START_TIMEOUT_MS, ...options }: SessionStart,
): Promise<string> {
  const start = async () => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const started = bucket
      .file(key)
      .createResumableUpload({ ...options, preconditionOpts: { ifGenerationMatch: 0 } });
    const [uri] = await unlessAborted(
      started,
      signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    );
    return uri;
  };
  return retrying(start, { policy: retry, signal });
}
