import { isInstashareError } from '../errors/instashare-error.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import { retrying } from '../retry/retrying.ts';
import type { CreateCrc32c, CreateSha256, PassCrc32c, PassHash } from './incremental-hash.ts';
import type { Transport } from './transport.ts';
import type { CallOptions, UploadApi } from './upload-api.ts';
import type { UploadRequest } from './upload-options.ts';

export interface UploadDependencies {
  readonly api: UploadApi;
  readonly transport: Transport;
  readonly createSha256: CreateSha256;
  readonly createCrc32c: CreateCrc32c;
  /** Where the body of a request is gathered in memory before it is sent: no chunk is larger. */
  readonly largestChunkBytes?: number | undefined;
}

/** One upload under way. */
export interface UploadRun {
  readonly deps: UploadDependencies;
  readonly options: UploadRequest;
  readonly retry: RetryPolicy;
  /** Known from the start, or once everything has been read. */
  sha256: string | undefined;
  /** Sees what is sent while the sha256 is not known. */
  hash: PassHash | null;
  /** Sees what is sent to a store that compares it. */
  crc32c: PassCrc32c | null;
  sentBytes: number;
}

/** Calls the server, again while the failure is one that passes. */
export function callServer<T>(
  { deps, options, retry }: UploadRun,
  call: (api: UploadApi, callOptions: CallOptions) => Promise<T>,
): Promise<T> {
  const { signal } = options;
  return retrying(() => call(deps.api, signal === undefined ? {} : { signal }), { policy: retry, signal });
}

/** The session is closed, for whatever reason: a new one can take its place. */
export function isSessionGone(error: unknown): boolean {
  return isInstashareError(error, 'upload_not_found', 'upload_expired', 'upload_finished');
}
