import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { zstdDecompress, zstdDecompressSync } from 'node:zlib';
import { StorageError } from '../errors/index.ts';
import { frameChecksum } from './frame-checksum.ts';
import type { Frame } from './seek-table.ts';

const decompress = promisify(zstdDecompress);

/** Frames on the thread pool at once for one reader; each holds its stored and its decoded bytes. */
const FRAMES_IN_FLIGHT = 3;
/** Decoded on the spot, in less time than the way to the thread pool and back takes. */
const AT_ONCE_BYTES = 16 * 1024;
/** zlib's own lower bound. */
const MIN_CHUNK_BYTES = 64;

/**
 * Decodes frames that come one behind the other from `source`, in order. The next ones are decoded while the
 * consumer works on one; nothing is read ahead of that. Destroys the source in the end.
 */
export async function* decodeFrames(source: Readable, frames: readonly Frame[]): AsyncGenerator<Buffer> {
  const reader = createByteReader(source);
  const inFlight: Promise<Buffer>[] = [];
  try {
    for (const frame of frames) {
      const decoded = decodeFrame(await reader.take(frame.storedBytes), frame);
      // Its failure is seen when its turn comes; until then it must not count as unhandled.
      decoded.catch(() => {});
      inFlight.push(decoded);
      if (inFlight.length >= FRAMES_IN_FLIGHT) yield* inFlight.splice(0, 1);
    }
    yield* inFlight;
  } finally {
    source.destroy();
  }
}

/** Decodes one frame, to exactly `contentBytes` and on no account to more. */
async function decodeFrame(stored: Buffer, { contentBytes, checksum }: Frame): Promise<Buffer> {
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

/** Hands out a stream in pieces of the lengths that are asked for. */
function createByteReader(source: Readable) {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const nextChunk = async () => {
    const next = await chunks.next();
    if (next.done === true) throw new StorageError('object_damaged', 'The object ends too early');
    return next.value;
  };
  return {
    async take(bytes: number): Promise<Buffer> {
      const parts: Buffer[] = [];
      for (let missing = bytes; missing > 0; ) {
        if (rest.length === 0) rest = await nextChunk();
        const part = rest.subarray(0, missing);
        rest = rest.subarray(part.length);
        missing -= part.length;
        parts.push(part);
      }
      const [only] = parts;
      // Mostly a frame lies within a chunk, and is not copied.
      return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts, bytes);
    },
  };
}
