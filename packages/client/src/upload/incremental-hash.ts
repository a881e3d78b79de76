import { InstashareError } from '../errors/instashare-error.ts';
import type { UploadSource } from './source.ts';

/** SHA-256 fed piece by piece; `digestHex` ends it. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  digestHex(): string;
}

export type CreateSha256 = () => Sha256;

/** CRC32C fed piece by piece: four bytes, the highest first, in base64. */
export interface Crc32c {
  update(bytes: Uint8Array): void;
  digestBase64(): string;
}

export type CreateCrc32c = () => Crc32c;

/**
 * Hashes a source from its first byte to its last although it is read in pieces that overlap (bytes sent again
 * after a cut) or leave gaps (bytes that the server had from an earlier run).
 */
export interface Pass {
  /** Bytes `position…` passed by; what was hashed before is left out. They must not leave a gap. */
  feed(bytes: Uint8Array, position: number): void;
  /** Reads and hashes what is missing up to `position`. */
  catchUp(source: UploadSource, position: number, signal?: AbortSignal): Promise<void>;
}

export interface PassHash extends Pass {
  digestHex(): string;
}

export interface PassCrc32c extends Pass {
  digestBase64(): string;
}

const CATCH_UP_BLOCK_BYTES = 1024 * 1024;

export function createPassHash(createSha256: CreateSha256): PassHash {
  const sha256 = createSha256();
  return { ...createPass(sha256), digestHex: () => sha256.digestHex() };
}

export function createPassCrc32c(createCrc32c: CreateCrc32c): PassCrc32c {
  const crc32c = createCrc32c();
  return { ...createPass(crc32c), digestBase64: () => crc32c.digestBase64() };
}

/** One pass for all of them; null for none. */
export function joinPasses(given: readonly (Pass | null)[]): Pass | null {
  const passes = given.filter((pass) => pass !== null);
  const [first] = passes;
  if (first === undefined || passes.length === 1) return first ?? null;
  return {
    feed(bytes, position) {
      for (const pass of passes) pass.feed(bytes, position);
    },
    async catchUp(source, position, signal) {
      for (const pass of passes) await pass.catchUp(source, position, signal);
    },
  };
}

function createPass(digest: { update(bytes: Uint8Array): void }): Pass {
  let hashedBytes = 0;

  function feed(bytes: Uint8Array, position: number): void {
    if (position > hashedBytes) throw new Error(`hash: gap from byte ${hashedBytes} to ${position}`);
    const fresh = bytes.subarray(hashedBytes - position);
    if (fresh.byteLength === 0) return;
    digest.update(fresh);
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
  };
}

export function endedEarly(position: number, sizeBytes: number): InstashareError {
  return new InstashareError('source_changed', `The file ended after ${position} of ${sizeBytes} bytes`);
}
