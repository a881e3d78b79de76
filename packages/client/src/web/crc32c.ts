import type { Crc32c } from '../upload/incremental-hash.ts';

/** The polynomial of Castagnoli, its bits reversed: RFC 3720, appendix B.4. */
const POLYNOMIAL = 0x82f63b78;

let table: Uint32Array | null = null;

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? POLYNOMIAL : 0);
    return value;
  });
}

/** Only a cloud store compares it; a byte at a time is then still faster than any line. */
export function createCrc32c(): Crc32c {
  table ??= makeTable();
  const values = table;
  let state = 0xffffffff;
  return {
    update(bytes) {
      let next = state;
      for (const byte of bytes) next = (next >>> 8) ^ (values[(next ^ byte) & 0xff] ?? 0);
      state = next;
    },
    digestBase64() {
      const value = ~state;
      return btoa(
        String.fromCharCode(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff),
      );
    },
  };
}
