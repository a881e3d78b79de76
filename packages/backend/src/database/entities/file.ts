import { EntitySchema } from 'typeorm';
import { createdAt, id, userId } from './columns.ts';

export interface FileEntityRow {
  readonly id: string;
  readonly userId: string;
  readonly path: string;
  /** null only inside the transaction that makes the file. */
  readonly currentVersionId: string | null;
  readonly deletedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const FileEntity = new EntitySchema<FileEntityRow>({
  name: 'file',
  tableName: 'files',
  columns: {
    id,
    userId,
    path: { type: 'text' },
    currentVersionId: { type: 'uuid', name: 'current_version_id', nullable: true },
    deletedAt: { type: 'timestamptz', name: 'deleted_at', nullable: true },
    createdAt,
    updatedAt: { type: 'timestamptz', name: 'updated_at' },
  },
});
