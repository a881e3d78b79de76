import { crc32c } from '@node-rs/crc32';

/** A running CRC32C, as Google writes it: four bytes, the highest first, in base64. */
export function createCrc32c() {
  let value = 0;
  return {
    update(bytes: Buffer): void {
      value = crc32c(bytes, value);
    },
    digest(): string {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString('base64');
    },
  };
}
