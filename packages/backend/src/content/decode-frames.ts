import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { zstdDecompress, zstdDecompressSync } from 'node:zlib';
import { StorageError } from '../errors/index.ts';
import { freeMemory } from '../streams/index.ts';
import { frameChecksum } from './frame-checksum.ts';
import type { Frame } from './seek-table.ts';

const decompress = promisify(zstdDecompress);

/** For one of many readers, who may be slow. */
const FRAMES_AT_ONCE = 2;
/** Decoded on the spot, in less time than the way to the thread pool and back takes. */
const AT_ONCE_BYTES = 16 * 1024;
/** zlib's own lower bound. */
const MIN_CHUNK_BYTES = 64;

/**
 * Decodes frames that come one behind the other from `source`, in order: `framesAtOnce`, with the one that the consumer
 * works on, and nothing is read ahead of that. Each holds its stored and its decoded bytes. Destroys the source in the
 * end, and frees its chunks: nobody else may use their memory. What it gives is the consumer's alone.
 */
export async function* decodeFrames(
  source: Readable,
  frames: readonly Frame[],
  framesAtOnce = FRAMES_AT_ONCE,
): AsyncGenerator<Buffer> {
  const reader = createByteReader(source);
  const inFlight: Promise<Buffer>[] = [];
  try {
    for (const frame of frames) {
      const stored = await reader.take(frame.storedBytes);
      const decoded = decodeFrame(stored, frame);
      // Its failure is seen when its turn comes; until then it must not count as unhandled.
      void decoded.catch(() => {}).finally(() => freeMemory(stored));
      inFlight.push(decoded);
      if (inFlight.length >= framesAtOnce) yield* inFlight.splice(0, 1);
    }
    yield* inFlight;
  } finally {
    source.destroy();
  }
}

/** Decodes one frame, to exactly `contentBytes` and on no account to more. */
export async function decodeFrame(stored: Buffer, { contentBytes, checksum }: Frame): Promise<Buffer> {
  // The decoder compares the frame's own with the content; this one tells a frame that stands in another's place.
  const own = frameChecksum(stored).checksum ?? checksum;
  if (own !== checksum && checksum !== undefined) {
    throw new StorageError('object_damaged', 'A frame is not the one that the seek table names');
  }
  const options = {
    maxOutputLength: Math.max(contentBytes, 1),
    rejectGarbageAfterEnd: true,
    // One trip to the thread pool a frame: with room for a byte more, zlib sees that it is through.
    chunkSize: Math.max(contentBytes + 1, MIN_CHUNK_BYTES),
  };
  let content: Buffer;
  try {
    const isTiny = contentBytes <= AT_ONCE_BYTES && stored.length <= AT_ONCE_BYTES;
    content = isTiny ? zstdDecompressSync(stored, options) : await decompress(stored, options);
  } catch (cause) {
    throw new StorageError('object_damaged', 'A frame can not be decoded', { cause });
  }
  if (content.length !== contentBytes) {
    throw new StorageError(
      'object_damaged',
      `A frame decodes to ${content.length} bytes instead of ${contentBytes}`,
    );
  }
  return content;
}

/** Hands out a stream in pieces of the lengths that are asked for, and frees what it was given. */
function createByteReader(source: Readable) {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  let chunk: Buffer = Buffer.alloc(0);
  let taken = 0;
  const nextChunk = async () => {
    freeMemory(chunk);
    const next = await chunks.next();
    if (next.done === true) throw new StorageError('object_damaged', 'The object ends too early');
    chunk = next.value;
    taken = 0;
  };
  return {
    async take(bytes: number): Promise<Buffer> {
      const piece = Buffer.allocUnsafe(bytes);
      for (let filled = 0; filled < bytes; ) {
        if (taken === chunk.length) await nextChunk();
        const copied = chunk.copy(piece, filled, taken);
        taken += copied;
        filled += copied;
      }
      return piece;
    },
  };
}
