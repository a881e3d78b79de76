import type { FileDto } from '@instashare/contracts';
import { InstashareError } from '../errors/instashare-error.ts';
import { isTransient } from '../errors/to-instashare-error.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '../retry/retry-policy.ts';
import { createStallGuard } from '../retry/stall-guard.ts';
import { networkError } from '../trpc/checked-fetch.ts';
import type { Sha256 } from '../upload/incremental-hash.ts';
import { type DownloadDependencies, openContent } from './open-content.ts';
import { createSha256 } from './sha256.ts';

export interface ReadContentOptions {
  readonly file: Pick<FileDto, 'id' | 'sha256' | 'sizeBytes'>;
  /** Of the file, by its number, when it is not the current one that is wanted, or may not be by now. */
  readonly version?: number | undefined;
  /** Bytes that are there already, and the hash that has seen them. */
  readonly after?: { readonly bytes: number; readonly sha256: Sha256 } | undefined;
  readonly retry?: RetryPolicy | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Yields the content block by block; a connection that breaks is opened again where it broke. Throws
 * `checksum_mismatch` in place of the last block when the whole has not the file's sha256.
 */
export async function* readContent(
  deps: DownloadDependencies,
  options: ReadContentOptions,
): AsyncGenerator<Uint8Array> {
  const { file, version, signal } = options;
  const sha256 = options.after?.sha256 ?? createSha256();
  const guard = createStallGuard({ policy: options.retry ?? DEFAULT_RETRY_POLICY, signal });
  let offset = options.after?.bytes ?? 0;
  if (offset === file.sizeBytes) requireSha256(file, sha256);
  while (offset < file.sizeBytes) {
    try {
      for await (const block of blocks(deps, { file, version, offset, signal })) {
        sha256.update(block);
        offset += block.byteLength;
        if (offset >= file.sizeBytes) requireSha256(file, sha256);
        guard.progressed();
        yield block;
        // However long it took to be asked for more: that is no silence of the line.
        guard.progressed();
      }
      if (offset < file.sizeBytes) throw networkError(deps.client.url, new Error('the answer ended early'));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Error) || !isTransient(error)) throw error;
      await guard.waitAfter(error);
    }
  }
}

function requireSha256(file: ReadContentOptions['file'], sha256: Sha256): void {
  const actual = sha256.digestHex();
  if (actual === file.sha256) return;
  const message = `What was downloaded has the sha256 ${actual} instead of ${file.sha256}`;
  throw new InstashareError('checksum_mismatch', message);
}

async function* blocks(
  deps: DownloadDependencies,
  request: Parameters<typeof openContent>[1],
): AsyncGenerator<Uint8Array> {
  const response = await openContent(deps, request);
  const iterator: AsyncIterator<Uint8Array> = response[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((cause: unknown) => {
        throw networkError(deps.client.url, cause);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    response.destroy();
  }
}
