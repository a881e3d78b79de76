import type { FileDto } from '@instashare/contracts';
import { InstashareError } from '../errors/instashare-error.ts';
import { networkError } from '../errors/network-error.ts';
import { isTransient } from '../errors/to-instashare-error.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '../retry/retry-policy.ts';
import { createStallGuard } from '../retry/stall-guard.ts';
import type { Sha256 } from '../upload/incremental-hash.ts';
import type { ContentAnswer } from './content-transport.ts';
import { type DownloadDependencies, openContent } from './open-content.ts';

export interface ReadContentOptions {
  readonly file: Pick<FileDto, 'id' | 'sha256' | 'sizeBytes'>;
  /** Of the file, by its number, when it is not the current one that is wanted, or may not be by now. */
  readonly version?: number | undefined;
  /** Bytes that are there already, and the hash that has seen them. */
  readonly after?: { readonly bytes: number; readonly sha256: Sha256 } | undefined;
  readonly retry?: RetryPolicy | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ContentPart extends Pick<ReadContentOptions, 'file' | 'version' | 'retry' | 'signal'> {
  readonly start: number;
  /** The first byte that is not wanted. */
  readonly end: number;
  /** Sees every byte, and is compared with the file's; null when nothing is to be compared. */
  readonly sha256: Sha256 | null;
  /** An answer that was opened already, from `start` on. */
  readonly opened?: ContentAnswer | undefined;
}

/**
 * Yields part of the content block by block; a connection that breaks is opened again where it broke. Throws
 * `checksum_mismatch` in place of the last block when what the hash has seen has not the file's sha256.
 */
export async function* readPart(deps: DownloadDependencies, part: ContentPart): AsyncGenerator<Uint8Array> {
  const { file, version, end, sha256, signal } = part;
  const guard = createStallGuard({ policy: part.retry ?? DEFAULT_RETRY_POLICY, signal });
  let offset = part.start;
  let { opened } = part;
  if (offset === end) {
    opened?.cancel();
    requireSha256(file, sha256);
  }
  while (offset < end) {
    try {
      const partEnd = end === file.sizeBytes ? undefined : end;
      const request = { id: file.id, sha256: file.sha256, version, offset, end: partEnd, signal };
      const answer = opened ?? (await openContent(deps, request));
      opened = undefined;
      for await (const block of answer.blocks()) {
        sha256?.update(block);
        offset += block.byteLength;
        if (offset >= end) requireSha256(file, sha256);
        guard.progressed();
        yield block;
        // However long it took to be asked for more: that is no silence of the line.
        guard.progressed();
      }
      if (offset < end) throw networkError(deps.server.url, new Error('the answer ended early'));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Error) || !isTransient(error)) throw error;
      await guard.waitAfter(error);
    }
  }
}

function requireSha256({ sha256 }: ReadContentOptions['file'], hash: Sha256 | null): void {
  const actual = hash?.digestHex() ?? sha256;
  if (actual === sha256) return;
  const message = `What was downloaded has the sha256 ${actual} instead of ${sha256}`;
  throw new InstashareError('checksum_mismatch', message);
}
