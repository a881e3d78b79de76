import { crc32c } from '@node-rs/crc32';
import type { Crc32c } from '../upload/incremental-hash.ts';

export function createCrc32c(): Crc32c {
  let value = 0;
  return {
    update: (bytes) => {
      value = crc32c(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), value);
    },
    digestBase64: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString('base64');
    },
  };
}
