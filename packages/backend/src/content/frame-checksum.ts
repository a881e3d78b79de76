/** Where a zstd frame says what follows (RFC 8878, 3.1.1.1.1), and the bit by which it says that a checksum does. */
const DESCRIPTOR_AT = 4;
const CHECKSUM_FLAG = 0b0000_0100;
const CHECKSUM_BYTES = 4;

/** Of no content at all. */
export const EMPTY_CHECKSUM = 0x51d8_e999;

/**
 * The checksum that a zstd frame carries at its end: the low 32 bits of the XXH64 of its content, which is also what
 * a seek table wants. Left out where the frame has none.
 */
export function frameChecksum(frame: Buffer): { readonly checksum?: number } {
  if (frame.length < DESCRIPTOR_AT + 1 + CHECKSUM_BYTES) return {};
  const hasChecksum = (frame.readUInt8(DESCRIPTOR_AT) & CHECKSUM_FLAG) !== 0;
  return hasChecksum ? { checksum: frame.readUInt32LE(frame.length - CHECKSUM_BYTES) } : {};
}
