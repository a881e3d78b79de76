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

/*
 * One after the other by the indexes, whatever the database believes: of tables that grow quickly it knows nothing yet,
 * and would rather read all of them.
 */

/** Of the files `f`, for each its current version `v` and its blob `b`. */
export const CONTENT_OF_FILES = `
  CROSS JOIN LATERAL (SELECT * FROM file_versions WHERE id = f.current_version_id OFFSET 0) v
  CROSS JOIN LATERAL (SELECT * FROM blobs WHERE id = v.blob_id OFFSET 0) b`;

/** Of the blobs `b`, for each the versions `v` over it that are the current one of their file `f`, also in the trash. */
export const USES_OF_BLOBS = `
  CROSS JOIN LATERAL (SELECT * FROM file_versions WHERE blob_id = b.id OFFSET 0) v
  CROSS JOIN LATERAL (SELECT * FROM files WHERE id = v.file_id AND current_version_id = v.id OFFSET 0) f`;
