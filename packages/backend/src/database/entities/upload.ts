import { EntitySchema } from 'typeorm';
import { createdAt, hexBytes, id, userId } from './columns.ts';

/** `ended`: cancelled, refused or expired; its bytes and its row go with the sweep. */
export type UploadState = 'pending' | 'completed' | 'ended';

/** An upload session. */
export interface UploadRow {
  readonly id: string;
  readonly userId: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string | null;
  readonly contentType: string;
  readonly modifiedAt: Date | null;
  readonly objectKey: string;
  /** The store driver's own handle of the session; null for bytes that came through the api itself. */
  readonly session: string | null;
  readonly state: UploadState;
  /** Booked in the user's `used_bytes` until the upload is completed or ended. */
  readonly reservedBytes: number;
  /** The version that the file at the path must be at when it is completed; 0: none; null: any. */
  readonly ifVersion: number | null;
  /** What completing it made; the answer when asked twice. */
  readonly fileId: string | null;
  readonly expiresAt: Date;
  readonly createdAt: Date;
}

export const UploadEntity = new EntitySchema<UploadRow>({
  name: 'upload',
  tableName: 'uploads',
  columns: {
    id,
    userId,
    path: { type: 'text' },
    sizeBytes: { type: 'bigint', name: 'size_bytes' },
    sha256: { type: 'bytea', nullable: true, transformer: hexBytes },
    contentType: { type: 'text', name: 'content_type' },
    modifiedAt: { type: 'timestamptz', name: 'modified_at', nullable: true },
    objectKey: { type: 'text', name: 'object_key' },
    session: { type: 'text', nullable: true },
    state: { type: 'text' },
    reservedBytes: { type: 'bigint', name: 'reserved_bytes' },
    ifVersion: { type: 'integer', name: 'if_version', nullable: true },
    fileId: { type: 'uuid', name: 'file_id', nullable: true },
    expiresAt: { type: 'timestamptz', name: 'expires_at' },
    createdAt,
  },
});
