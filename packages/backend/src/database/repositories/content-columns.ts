import type { Encoding, FileStatus } from '@instashare/contracts';

/** What a row tells of its content: the columns below, of the blob `b`. */
export interface ContentColumns {
  readonly blobId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly status: FileStatus;
  /** Why it is failed; null when it is not. */
  readonly failure: string | null;
  readonly encoding: Encoding;
  readonly storedBytes: number;
  readonly objectKey: string;
  readonly objectOffset: number | null;
}

export const CONTENT_COLUMNS = `
  b.id AS "blobId", encode(b.sha256, 'hex') AS sha256, b.size_bytes AS "sizeBytes", b.status, b.failure,
  b.encoding, b.stored_bytes AS "storedBytes", b.object_key AS "objectKey",
  b.object_offset AS "objectOffset"`;
