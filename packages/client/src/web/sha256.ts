import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Sha256 } from '../upload/incremental-hash.ts';

/** The platform's own digest takes the whole content at once, and so all of a file into memory. */
export function createSha256(): Sha256 {
  const hash = sha256.create();
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digestHex: () => bytesToHex(hash.digest()),
  };
}
