import { InstashareError } from '../errors/instashare-error.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '../retry/retry-policy.ts';
import { retrying } from '../retry/retrying.ts';
import type { CreateSha256 } from '../upload/incremental-hash.ts';
import type { ContentAnswer } from './content-transport.ts';
import { type DownloadDependencies, openContent, sha256Of } from './open-content.ts';
import { readPart } from './read-content.ts';

/** Part of a content, in bytes from its beginning, as `Blob.slice` takes it. */
export interface ByteRange {
  readonly start: number;
  /** The first byte that is not wanted; all the rest when left out. */
  readonly end?: number | undefined;
}

export type DownloadOptions = {
  /** Of the file, by its number; the current one when left out. */
  readonly version?: number | undefined;
  /** Told how many bytes have come. */
  readonly onProgress?: ((receivedBytes: number) => void) | undefined;
  readonly retry?: RetryPolicy | undefined;
  readonly signal?: AbortSignal | undefined;
} & (
  | {
      readonly range?: undefined /** Compares the sha256 of what came: true when left out. */;
      readonly verify?: boolean | undefined;
    }
  | {
      /** Only a part: of that nobody has a sha256. */ readonly range: ByteRange;
      readonly verify?: false | undefined;
    }
);

/** A content on its way: what it is, and its bytes, which can be read once. One that is not read is ended by the signal. */
export interface Download extends AsyncIterable<Uint8Array> {
  /** Of the whole content, whatever part of it comes. */
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly contentType: string;
  /** Through cuts. Errors with `checksum_mismatch` before the last block when the content is not what it should be. */
  stream(): ReadableStream<Uint8Array>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  blob(): Promise<Blob>;
}

export interface OpenDownloadDependencies extends DownloadDependencies {
  readonly createSha256: CreateSha256;
}

/** Begins to download; rejects when there is no such file, or no such part of it. */
export async function openDownload(
  deps: OpenDownloadDependencies,
  id: string,
  options: DownloadOptions = {},
): Promise<Download> {
  requireSound(options);
  const { version, range, verify = true, onProgress, retry, signal } = options;
  const offset = range?.start ?? 0;
  const request = { id, version, offset, end: range?.end, signal };
  const tries = { policy: retry ?? DEFAULT_RETRY_POLICY, signal };
  const opened = await retrying(() => openContent(deps, request), tries);
  const { sha256, sizeBytes } = describe(opened);
  const end = Math.min(range?.end ?? sizeBytes, sizeBytes);
  const contentType = opened.header('content-type') ?? 'application/octet-stream';
  const hash = verify && range === undefined ? deps.createSha256() : null;
  const file = { id, sha256, sizeBytes };
  const blocks = readPart(deps, { file, version, start: offset, end, sha256: hash, opened, retry, signal });
  const lengthBytes = Math.max(0, end - offset);
  return toDownload({ sizeBytes, sha256, contentType, lengthBytes }, counted(blocks, onProgress));
}

function requireSound({
  range,
  verify,
}: {
  readonly range?: ByteRange | undefined;
  readonly verify?: boolean | undefined;
}): void {
  if (range === undefined) return;
  const { start, end } = range;
  const isWhole = (value: number) => Number.isSafeInteger(value) && value >= 0;
  if (!isWhole(start) || (end !== undefined && (!isWhole(end) || end <= start))) {
    const message = `A range is from one byte to a later one, not ${start} to ${end ?? 'the end'}`;
    throw new InstashareError('invalid_input', message);
  }
  if (verify === true) {
    const message = 'A part of a file can not be verified: only the whole has a sha256';
    throw new InstashareError('invalid_input', message);
  }
}

function describe(opened: ContentAnswer): { readonly sha256: string; readonly sizeBytes: number } {
  const sha256 = sha256Of(opened);
  const total = /\/(\d+)$/.exec(opened.header('content-range') ?? '')?.[1];
  const size = opened.status === 206 ? total : opened.header('content-length');
  if (sha256 === null || size === null || size === undefined || !/^\d+$/.test(size)) {
    opened.cancel();
    // In a browser, on another origin than the server's, that is also how headers look that it may not show us.
    const message = "The server's answer does not tell the size and the sha256 of the content (ETag)";
    throw new InstashareError('bad_response', message);
  }
  return { sha256, sizeBytes: Number(size) };
}

async function* counted(
  blocks: AsyncGenerator<Uint8Array>,
  onProgress: DownloadOptions['onProgress'],
): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const block of blocks) {
    received += block.byteLength;
    onProgress?.(received);
    yield block;
  }
}

interface DownloadFacts extends Pick<Download, 'contentType' | 'sha256' | 'sizeBytes'> {
  /** How many bytes come. */
  readonly lengthBytes: number;
}

function toDownload({ lengthBytes, ...facts }: DownloadFacts, blocks: AsyncGenerator<Uint8Array>): Download {
  return {
    ...facts,
    [Symbol.asyncIterator]: () => blocks,
    stream: () =>
      new ReadableStream<Uint8Array>({
        async pull(controller) {
          const next = await blocks.next();
          if (next.done === true) controller.close();
          else controller.enqueue(next.value);
        },
        async cancel() {
          await blocks.return(undefined);
        },
      }),
    async bytes() {
      const all = new Uint8Array(lengthBytes);
      let filled = 0;
      for await (const block of blocks) {
        all.set(block, filled);
        filled += block.byteLength;
      }
      return all;
    },
    async blob() {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for await (const block of blocks) parts.push(new Uint8Array(block));
      return new Blob(parts, { type: facts.contentType });
    },
  };
}
