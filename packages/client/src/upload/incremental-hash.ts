import { InstashareError } from '../errors/instashare-error.ts';
import type { UploadSource } from './source.ts';

/** SHA-256 fed piece by piece; `digestHex` ends it. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  digestHex(): string;
}

export type CreateSha256 = () => Sha256;

/**
 * Hashes a source from its first byte to its last although it is read in pieces that overlap (bytes sent again
 * after a cut) or leave gaps (bytes that the server had from an earlier run).
 */
export interface PassHash {
  /** Bytes `position…` passed by; what was hashed before is left out. They must not leave a gap. */
  feed(bytes: Uint8Array, position: number): void;
  /** Reads and hashes what is missing up to `position`. */
  catchUp(source: UploadSource, position: number, signal?: AbortSignal): Promise<void>;
  digestHex(): string;
}

const CATCH_UP_BLOCK_BYTES = 1024 * 1024;

export function createPassHash(createSha256: CreateSha256): PassHash {
  const sha256 = createSha256();
  let hashedBytes = 0;

  function feed(bytes: Uint8Array, position: number): void {
    if (position > hashedBytes) throw new Error(`hash: gap from byte ${hashedBytes} to ${position}`);
    const fresh = bytes.subarray(hashedBytes - position);
    if (fresh.byteLength === 0) return;
    sha256.update(fresh);
    hashedBytes += fresh.byteLength;
  }

  return {
    feed,
    async catchUp(source, position, signal) {
      if (hashedBytes >= position) return;
      const buffer = new Uint8Array(Math.min(CATCH_UP_BLOCK_BYTES, position - hashedBytes));
      while (hashedBytes < position) {
        signal?.throwIfAborted();
        const wanted = buffer.subarray(0, Math.min(buffer.byteLength, position - hashedBytes));
        const bytesRead = await source.read(wanted, hashedBytes);
        if (bytesRead === 0) throw endedEarly(hashedBytes, source.sizeBytes);
        feed(wanted.subarray(0, bytesRead), hashedBytes);
      }
    },
    digestHex: () => sha256.digestHex(),
  };
}

export function endedEarly(position: number, sizeBytes: number): InstashareError {
  return new InstashareError('source_changed', `The file ended after ${position} of ${sizeBytes} bytes`);
}
