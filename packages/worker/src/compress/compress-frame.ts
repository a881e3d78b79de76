import { promisify } from 'node:util';
import { constants, type ZstdOptions, zstdCompress, zstdCompressSync } from 'node:zlib';
import { freeMemory } from '@instashare/backend/streams';
import { createSlots } from './slots.ts';

/** Gives one zstd frame that holds the content, with its size and a checksum of it. */
export type CompressFrame = (content: Buffer) => Promise<Buffer>;

/** With `info`, what it was made by comes along, which the types do not know. */
const compress: (content: Buffer, options: ZstdOptions) => Promise<{ buffer: Buffer; engine: object }> =
  promisify(zstdCompress) as never;

/** Done in a tenth of a millisecond, when the way to the thread pool and back takes longer and costs twice as much. */
const AT_ONCE_BYTES = 16 * 1024;

/** libzstd's own bound (`ZSTD_compressBound`), and a little more so that zlib sees that it is through. */
function compressBound(bytes: number): number {
  const SMALL_BYTES = 128 * 1024;
  return bytes + (bytes >> 8) + (bytes < SMALL_BYTES ? (SMALL_BYTES - bytes) >> 11 : 0) + 64;
}

/**
 * Compresses frames on the thread pool, `atOnce` of them at a time however many ask: the pool's other threads
 * are left to the disk, which would otherwise wait behind the frames. What is tiny is compressed on the spot.
 */
export function createFrameCompressor(options: {
  readonly level: number;
  readonly atOnce: number;
}): CompressFrame {
  const slots = createSlots(options.atOnce);
  const params = { [constants.ZSTD_c_compressionLevel]: options.level, [constants.ZSTD_c_checksumFlag]: 1 };
  return async (content) => {
    const frameOptions = {
      params,
      pledgedSrcSize: content.length,
      // One trip to the thread pool a frame.
      chunkSize: compressBound(content.length),
    };
    if (content.length <= AT_ONCE_BYTES) return zstdCompressSync(content, frameOptions);
    const release = await slots.take();
    try {
      const { buffer, engine } = await compress(content, { ...frameOptions, info: true });
      freeOutput(engine, buffer);
      return buffer;
    } finally {
      release();
    }
  };
}

/**
 * Frees what a frame was made in, which is as large as its content, once the frame is a copy of a part of it. By a
 * name that Node does not document: where there is none, it is left to the collection of garbage.
 */
function freeOutput(engine: object, frame: Buffer): void {
  const output: unknown = '_outBuffer' in engine ? engine._outBuffer : null;
  if (Buffer.isBuffer(output) && output.buffer !== frame.buffer) freeMemory(output);
}
