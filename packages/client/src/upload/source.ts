import { untilAborted } from '../retry/until-aborted.ts';

/**
 * Where the bytes of an upload come from. Bytes may be asked for again (after a cut) and from the middle, and
 * must then be the same.
 */
export interface UploadSource {
  readonly sizeBytes: number;
  /**
   * Fills `target` from `position` on, at least in part; returns how many bytes were read, 0 only at the end.
   * Rejects with `source_changed` when it can tell that the bytes are no longer those it began with.
   */
  read(target: Uint8Array, position: number): Promise<number>;
}

/** Whoever waits for a read is told at once of an abort, while the read itself may still be under way. */
export function abortableSource(source: UploadSource, signal: AbortSignal | undefined): UploadSource {
  return {
    sizeBytes: source.sizeBytes,
    read: (target, position) => untilAborted(source.read(target, position), signal),
  };
}

/** Bytes in memory as a source. */
export function bytesSource(bytes: Uint8Array): UploadSource {
  return {
    sizeBytes: bytes.byteLength,
    read(target, position) {
      const part = bytes.subarray(position, position + target.byteLength);
      target.set(part);
      return Promise.resolve(part.byteLength);
    },
  };
}
