import { CONTENT_COLUMNS, type ContentColumns } from './content-columns.ts';

/** A file with its current version and that version's content. */
export interface FileRow extends ContentColumns {
  readonly id: string;
  readonly path: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly versionNumber: number;
  readonly contentType: string;
  readonly modifiedAt: Date | null;
}

/** Of the file `f`, its current version `v` and its blob `b`. */
export const FILE_COLUMNS = `
  f.id, f.path, f.created_at AS "createdAt", f.updated_at AS "updatedAt",
  v.number AS "versionNumber", v.content_type AS "contentType", v.modified_at AS "modifiedAt",
  ${CONTENT_COLUMNS}`;

export const FILES_WITH_CONTENT = `
  FROM files f
  JOIN file_versions v ON v.id = f.current_version_id
  JOIN blobs b ON b.id = v.blob_id`;
