import type { Encoding, FileStatus } from '@instashare/contracts';
import { EntitySchema } from 'typeorm';
import { createdAt, hexBytes, id, userId } from './columns.ts';

/** Content, kept once for each user however many versions point at it. */
export interface BlobRow {
  readonly id: string;
  readonly userId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly objectKey: string;
  /** Where in the object the stored bytes begin; null when they are all of it. Small contents share objects. */
  readonly objectOffset: number | null;
  readonly encoding: Encoding;
  readonly storedBytes: number;
  readonly status: FileStatus;
  /** When the server itself found that the bytes have this sha256; null while it only has the client's word. */
  readonly verifiedAt: Date | null;
  readonly failure: string | null;
  /** When a compression job was last asked for; the sweep asks again when it has been too long. */
  readonly enqueuedAt: Date;
  readonly createdAt: Date;
}

export const BlobEntity = new EntitySchema<BlobRow>({
  name: 'blob',
  tableName: 'blobs',
  columns: {
    id,
    userId,
    sha256: { type: 'bytea', transformer: hexBytes },
    sizeBytes: { type: 'bigint', name: 'size_bytes' },
    objectKey: { type: 'text', name: 'object_key' },
    objectOffset: { type: 'bigint', name: 'object_offset', nullable: true },
    encoding: { type: 'text' },
    storedBytes: { type: 'bigint', name: 'stored_bytes' },
    status: { type: 'text' },
    verifiedAt: { type: 'timestamptz', name: 'verified_at', nullable: true },
    failure: { type: 'text', nullable: true },
    enqueuedAt: { type: 'timestamptz', name: 'enqueued_at' },
    createdAt,
  },
});
