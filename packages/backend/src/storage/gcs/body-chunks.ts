import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { StorageError } from '../../errors/index.ts';
import { createCrc32c } from './crc32c.ts';

export interface BodyChunk {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly isLast: boolean;
}

/** The body's own failure is the caller's to understand: it goes through as it is. */
export class BodyFailure extends Error {}

export interface ChunkedBody {
  /** The body in chunks of exactly `chunkBytes` but for the last, which an empty body has, too. */
  readonly chunks: AsyncGenerator<BodyChunk>;
  /** Of all that the chunks held; complete with the last one. */
  totals(): { readonly sizeBytes: number; readonly sha256: string; readonly crc32c: string };
}

/** Cuts a body into chunks and hashes it meanwhile. Nothing is read before a chunk is asked for. */
export function cutBody(
  body: Readable,
  { chunkBytes, maxBytes }: { readonly chunkBytes: number; readonly maxBytes: number },
): ChunkedBody {
  const sha256 = createHash('sha256');
  const crc32c = createCrc32c();
  let sizeBytes = 0;

  async function* read(): AsyncGenerator<Buffer> {
    const parts: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
    for (;;) {
      const next = await parts.next().catch((cause: unknown) => {
        throw new BodyFailure('The body broke off', { cause });
      });
      if (next.done === true) return;
      sizeBytes += next.value.length;
      if (sizeBytes > maxBytes) {
        throw new StorageError('object_too_large', `The object has more than ${maxBytes} bytes`);
      }
      sha256.update(next.value);
      crc32c.update(next.value);
      yield next.value;
    }
  }

  async function* cut(): AsyncGenerator<BodyChunk> {
    let parts: Buffer[] = [];
    let have = 0;
    for await (const part of read()) {
      parts.push(part);
      have += part.length;
      // Not before a byte more has come: a chunk must be known to be the last when it is sent.
      while (have > chunkBytes) {
        const joined = Buffer.concat(parts, have);
        yield { bytes: joined.subarray(0, chunkBytes), isLast: false };
        parts = [joined.subarray(chunkBytes)];
        have -= chunkBytes;
      }
    }
    yield { bytes: Buffer.concat(parts, have), isLast: true };
  }

  return {
    chunks: cut(),
    totals: () => ({ sizeBytes, sha256: sha256.copy().digest('hex'), crc32c: crc32c.digest() }),
  };
}
