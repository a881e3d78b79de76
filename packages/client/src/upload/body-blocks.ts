import { endedEarly, type Pass } from './incremental-hash.ts';
import type { UploadSource } from './source.ts';

/** Large enough that a read costs little beside its bytes, small enough that two of them are no burden. */
const BLOCK_BYTES = 512 * 1024;

export interface BlockRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes of `range`, hashed as they pass. Two buffers: while the consumer has one, the next read fills the
 * other, so that disk, hash and network overlap and memory does not grow with the file.
 */
export async function* bodyBlocks(
  source: UploadSource,
  range: BlockRange,
  hash: Pass | null,
): AsyncGenerator<Uint8Array> {
  const blockBytes = Math.min(BLOCK_BYTES, range.end - range.start);
  let current = new Uint8Array(blockBytes);
  let spare = range.end - range.start > blockBytes ? new Uint8Array(blockBytes) : current;
  const readAt = (buffer: Uint8Array, position: number) => {
    const read = source.read(buffer.subarray(0, Math.min(buffer.byteLength, range.end - position)), position);
    // It may fail while the consumer still has the block before: it is told at its turn, not as an unhandled rejection.
    read.catch(() => undefined);
    return read;
  };

  let position = range.start;
  let reading: Promise<number> | null = position < range.end ? readAt(current, position) : null;
  try {
    while (reading !== null) {
      const bytesRead = await reading;
      reading = null;
      if (bytesRead === 0) throw endedEarly(position, source.sizeBytes);
      const block = current.subarray(0, bytesRead);
      const blockStart = position;
      position += bytesRead;
      if (position < range.end) reading = readAt(spare, position);
      hash?.feed(block, blockStart);
      yield block;
      [current, spare] = [spare, current];
    }
  } finally {
    // A consumer that stops early closes the source next: not under a read that still runs.
    await reading?.catch(() => undefined);
  }
}
