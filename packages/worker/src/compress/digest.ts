import { createHash } from 'node:crypto';
import { freeMemory } from '@instashare/backend/streams';

/** What bytes turned out to be. */
export interface Digest {
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface Meter {
  /** The same chunks, noted as they pass. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Of what has passed so far. */
  digest(): Digest;
}

/** Hashes and counts what passes through; `onBytes` is told the count. */
export function meter(source: AsyncIterable<Buffer>, onBytes: (sizeBytes: number) => void = () => {}): Meter {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const pass = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      onBytes(sizeBytes);
      yield chunk;
    }
  };
  return { chunks: pass(), digest: () => ({ sha256: hash.copy().digest('hex'), sizeBytes }) };
}

/** What is decoded has a byte of memory to spare. */
export const DECODED = { spareBytes: 1 };

/** Reads to the end and says what it was; frees the chunks, which are nobody else's. */
export async function digestOf(source: AsyncIterable<Buffer>): Promise<Digest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    sizeBytes += chunk.length;
    freeMemory(chunk, DECODED);
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** Why bytes are not the content they were declared to be; null when they are. */
export function mismatch(declared: Digest, found: Digest): string | null {
  if (found.sizeBytes !== declared.sizeBytes) {
    return `The stored bytes are ${found.sizeBytes}, but ${declared.sizeBytes} were declared`;
  }
  if (found.sha256 !== declared.sha256) {
    return `The stored bytes have the sha256 ${found.sha256}, but ${declared.sha256} was declared`;
  }
  return null;
}
