import type { FileRow, SortKey } from '../shared/file-row.ts';
import { byField, byPath, createRowIndex, type RowIndex } from './row-index.ts';

/** All files of the account. */
export type FileIndex = RowIndex<FileRow, SortKey>;

export const createFileIndex = (): FileIndex =>
  createRowIndex<FileRow, SortKey>({
    path: byPath,
    sizeBytes: byField(({ sizeBytes }) => sizeBytes),
    saved: byField(({ sizeBytes, storedBytes }) => sizeBytes - storedBytes),
    updatedAt: byField(({ updatedAt }) => updatedAt),
    status: byField(({ status }) => status),
  });
