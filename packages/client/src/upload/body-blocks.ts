import { endedEarly, type Pass } from './incremental-hash.ts';
import type { UploadSource } from './source.ts';

/** Large enough that a read costs little beside its bytes, small enough that a few of them are no burden. */
const BLOCK_BYTES = 512 * 1024;
/** Blocks that the consumer may have under way: enough that the line does not run dry while the next is hashed. */
export const BLOCKS_KEPT = 3;

export interface BlockRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes of `range`, hashed as they pass. While the consumer has some blocks, the next one is read, so that disk,
 * hash and network overlap; the same few buffers serve all of them, and memory does not grow with the file.
 */
export async function* bodyBlocks(
  source: UploadSource,
  range: BlockRange,
  hash: Pass | null,
): AsyncGenerator<Uint8Array> {
  const nextBuffer = ringOfBuffers(range.end - range.start);
  const readAt = (position: number) => {
    const buffer = nextBuffer();
    const wanted = buffer.subarray(0, Math.min(buffer.byteLength, range.end - position));
    const read = source.read(wanted, position).then((bytesRead) => wanted.subarray(0, bytesRead));
    // It may fail while the consumer still has the block before: it is told at its turn, not as an unhandled rejection.
    read.catch(() => undefined);
    return read;
  };

  let position = range.start;
  let reading: Promise<Uint8Array> | null = position < range.end ? readAt(position) : null;
  try {
    while (reading !== null) {
      const block = await reading;
      reading = null;
      if (block.byteLength === 0) throw endedEarly(position, source.sizeBytes);
      const blockStart = position;
      position += block.byteLength;
      if (position < range.end) reading = readAt(position);
      hash?.feed(block, blockStart);
      yield block;
    }
  } finally {
    // A consumer that stops early closes the source next: not under a read that still runs.
    await reading?.catch(() => undefined);
  }
}

/** Those that the consumer may still send from, and the one that is read into; fewer for a short range. */
function ringOfBuffers(rangeBytes: number): () => Uint8Array {
  const buffers: Uint8Array[] = [];
  let next = 0;
  return () => {
    const at = next;
    next = (next + 1) % (BLOCKS_KEPT + 1);
    return (buffers[at] ??= new Uint8Array(Math.min(BLOCK_BYTES, rangeBytes)));
  };
}
