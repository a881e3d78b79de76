import { EntitySchema } from 'typeorm';
import { createdAt, id } from './columns.ts';

export interface FileVersionRow {
  readonly id: string;
  readonly fileId: string;
  /** From 1, without holes, for each file. */
  readonly number: number;
  readonly blobId: string;
  readonly contentType: string;
  /** As the uploader gave it; never used for ordering. */
  readonly modifiedAt: Date | null;
  readonly createdAt: Date;
}

export const FileVersionEntity = new EntitySchema<FileVersionRow>({
  name: 'fileVersion',
  tableName: 'file_versions',
  columns: {
    id,
    fileId: { type: 'uuid', name: 'file_id' },
    number: { type: 'integer' },
    blobId: { type: 'uuid', name: 'blob_id' },
    contentType: { type: 'text', name: 'content_type' },
    modifiedAt: { type: 'timestamptz', name: 'modified_at', nullable: true },
    createdAt,
  },
});
