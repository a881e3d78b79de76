/** The end of a zip, as the format has it: PKWARE's APPNOTE 6.3.10, sections 4.3.14 to 4.3.16. */
const END_SIGNATURE = 'PK\u0005\u0006';
const END_BYTES = 22;
const ZIP64_END_BYTES = 56;
const ZIP64_LOCATOR_BYTES = 20;
const MOST_ENTRIES = 0xff_ff;
const MOST_BYTES = 0xff_ff_ff_ff;
/** Version 4.5 of the format is the first that knows zip64. */
const ZIP64_VERSION = 45;

/**
 * Passes a zip on, and adds the zip64 end that the library for it leaves out where there are 65,535 entries or more but
 * less than 4 GiB: without one, readers take the rest of the entries for damage. `entryCount` is asked at the end.
 */
export async function* completeZipEnd(
  zip: AsyncIterable<Uint8Array>,
  entryCount: () => number,
): AsyncGenerator<Uint8Array> {
  let last: Uint8Array | null = null;
  for await (const chunk of zip) {
    if (last !== null) yield last;
    last = chunk;
  }
  const end = Buffer.from(last ?? []);
  // A library that gives its end otherwise must not make damaged zips of it.
  if (end.length !== END_BYTES || end.toString('latin1', 0, 4) !== END_SIGNATURE)
    throw new Error('the end of a zip did not come as a chunk of its own');
  const isWritten = end.readUInt32LE(12) === MOST_BYTES || end.readUInt32LE(16) === MOST_BYTES;
  if (entryCount() >= MOST_ENTRIES && !isWritten) yield zip64End(end, entryCount());
  yield end;
}

/** The zip64 end of the directory, and what leads to it, for a directory that `end` tells all else of. */
function zip64End(end: Buffer, entryCount: number): Buffer {
  const directoryBytes = end.readUInt32LE(12);
  const directoryOffset = end.readUInt32LE(16);
  const buffer = Buffer.alloc(ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES);
  buffer.write('PK\u0006\u0006', 0, 'latin1');
  // Without its first twelve bytes.
  buffer.writeBigUInt64LE(BigInt(ZIP64_END_BYTES - 12), 4);
  buffer.writeUInt16LE(ZIP64_VERSION, 12);
  buffer.writeUInt16LE(ZIP64_VERSION, 14);
  buffer.writeBigUInt64LE(BigInt(entryCount), 24);
  buffer.writeBigUInt64LE(BigInt(entryCount), 32);
  buffer.writeBigUInt64LE(BigInt(directoryBytes), 40);
  buffer.writeBigUInt64LE(BigInt(directoryOffset), 48);
  buffer.write('PK\u0006\u0007', ZIP64_END_BYTES, 'latin1');
  buffer.writeBigUInt64LE(BigInt(directoryOffset + directoryBytes), ZIP64_END_BYTES + 8);
  buffer.writeUInt32LE(1, ZIP64_END_BYTES + 16);
  return buffer;
}
