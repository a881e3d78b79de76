import type { FileVersionRow } from '../entities/file-version.ts';
import { plainArray, textArray, timeArray } from './array-literal.ts';

export type NewVersion = Omit<FileVersionRow, 'createdAt'>;

/** Versions as a table, of the parameters that `versionParameters` gives. */
export const VERSIONS_GIVEN = `
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::uuid[], $5::text[], $6::timestamptz[])
    AS version (id, file_id, number, blob_id, content_type, modified_at)`;

export const INSERT_VERSIONS = `
  INSERT INTO file_versions (id, file_id, number, blob_id, content_type, modified_at)`;

export const versionParameters = (versions: readonly NewVersion[]) => [
  plainArray(versions.map(({ id }) => id)),
  plainArray(versions.map(({ fileId }) => fileId)),
  plainArray(versions.map(({ number }) => number)),
  plainArray(versions.map(({ blobId }) => blobId)),
  textArray(versions.map(({ contentType }) => contentType)),
  timeArray(versions.map(({ modifiedAt }) => modifiedAt)),
];
