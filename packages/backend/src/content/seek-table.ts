import { StorageError } from '../errors/index.ts';

/**
 * The zstd seekable format, version 0.1.0: independent zstd frames, and behind them a skippable frame with a
 * table of their sizes, which plain `zstd -d` steps over. All numbers are little-endian.
 *
 *   skippable magic (4) | size of what follows (4)
 *   for each frame: stored size (4) | content size (4) | checksum (4, when the flag is set)
 *   number of frames (4) | descriptor (1) | seekable magic (4)
 *
 * Source: facebook/zstd, contrib/seekable_format/zstd_seekable_compression_format.md
 */
const SKIPPABLE_MAGIC = 0x184d2a5e;
/** Another of the sixteen that decoders step over. */
const PLAIN_MAGIC = 0x184d2a50;
const SEEKABLE_MAGIC = 0x8f92eab1;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
const ENTRY_CHECKSUM_BYTES = 4;
const FOOTER_BYTES = 9;
const CHECKSUM_FLAG = 0b1000_0000;
/** Kept for breaking changes of the format: whoever does not know them must not read on. */
const RESERVED_BITS = 0b0111_1100;

/** No frame of ours decodes to more; one that says it does is damaged, and must not be given the memory. */
export const MAX_FRAME_CONTENT_BYTES = 16 * 1024 * 1024;

export interface Frame {
  readonly storedBytes: number;
  readonly contentBytes: number;
  /** The low 32 bits of the XXH64 of its content; left out where that is not known. */
  readonly checksum?: number;
}

/**
 * What goes before `contentBytes` bytes that stand among frames as they are: a decoder steps over them. A seek table
 * counts the two as one frame of no content.
 */
export function plainHeader(contentBytes: number): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(PLAIN_MAGIC, 0);
  header.writeUInt32LE(contentBytes, 4);
  return header;
}

/** The seek table to write behind these frames; with checksums when all of them have one. */
export function encodeSeekTable(frames: readonly Frame[]): Buffer {
  const hasChecksums = frames.length > 0 && frames.every(({ checksum }) => checksum !== undefined);
  const descriptor = hasChecksums ? CHECKSUM_FLAG : 0;
  const table = Buffer.allocUnsafe(HEADER_BYTES + frames.length * entryBytes(descriptor) + FOOTER_BYTES);
  let at = table.writeUInt32LE(SKIPPABLE_MAGIC, 0);
  at = table.writeUInt32LE(table.length - HEADER_BYTES, at);
  for (const { storedBytes, contentBytes, checksum } of frames) {
    at = table.writeUInt32LE(storedBytes, at);
    at = table.writeUInt32LE(contentBytes, at);
    if (hasChecksums && checksum !== undefined) at = table.writeUInt32LE(checksum, at);
  }
  at = table.writeUInt32LE(frames.length, at);
  at = table.writeUInt8(descriptor, at);
  table.writeUInt32LE(SEEKABLE_MAGIC, at);
  return table;
}

/**
 * Length of the whole table whose end is the end of `tail`, the last bytes of an object; null when they are
 * not the end of one.
 */
export function seekTableLength(tail: Buffer): number | null {
  if (tail.length < HEADER_BYTES + FOOTER_BYTES) return null;
  const footer = tail.subarray(-FOOTER_BYTES);
  const descriptor = footer.readUInt8(4);
  if (footer.readUInt32LE(5) !== SEEKABLE_MAGIC || (descriptor & RESERVED_BITS) !== 0) return null;
  const length = HEADER_BYTES + footer.readUInt32LE(0) * entryBytes(descriptor) + FOOTER_BYTES;
  // Any four bytes may look like the magic number: where we can look, the table must start as one too.
  const start = tail.length - length;
  return start >= 0 && tail.readUInt32LE(start) !== SKIPPABLE_MAGIC ? null : length;
}

/**
 * Whether a frame that stands alone would be taken for one with a seek table behind it: it ends in its checksum, which may
 * be any four bytes, by chance or because somebody made it so. Such a frame is not to be stored.
 */
export function looksLikeSeekTable(frame: Buffer): boolean {
  return seekTableLength(frame.subarray(-(HEADER_BYTES + FOOTER_BYTES))) !== null;
}

function entryBytes(descriptor: number): number {
  return ENTRY_BYTES + ((descriptor & CHECKSUM_FLAG) === 0 ? 0 : ENTRY_CHECKSUM_BYTES);
}

/**
 * Reads a whole table. Its frames must be exactly what the object is known to hold: `storedBytes` with the
 * table, and `contentBytes` decoded. Throws `object_damaged`.
 */
export function parseSeekTable(
  table: Buffer,
  object: { readonly storedBytes: number; readonly contentBytes: number },
): Frame[] {
  if (seekTableLength(table) !== table.length || table.readUInt32LE(4) !== table.length - HEADER_BYTES) {
    throw damaged('is not whole');
  }
  const frames: Frame[] = [];
  const step = entryBytes(table.readUInt8(table.length - 5));
  let storedBytes = table.length;
  let contentBytes = 0;
  for (let at = HEADER_BYTES; at < table.length - FOOTER_BYTES; at += step) {
    const frame = {
      storedBytes: table.readUInt32LE(at),
      contentBytes: table.readUInt32LE(at + 4),
      ...(step > ENTRY_BYTES ? { checksum: table.readUInt32LE(at + ENTRY_BYTES) } : {}),
    };
    if (frame.contentBytes > MAX_FRAME_CONTENT_BYTES) throw damaged('holds a frame that is too large');
    storedBytes += frame.storedBytes;
    contentBytes += frame.contentBytes;
    frames.push(frame);
  }
  if (storedBytes !== object.storedBytes || contentBytes !== object.contentBytes) {
    throw damaged('does not fit the object');
  }
  return frames;
}

function damaged(how: string): StorageError {
  return new StorageError('object_damaged', `The seek table ${how}`);
}
