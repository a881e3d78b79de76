import type { FileRow } from '../../shared/file-row.ts';
import { formatBytes, formatDate, formatSaved } from '../../shared/format.ts';
import { PathCell } from '../list/table-row.tsx';

const STATUS: Readonly<Record<FileRow['status'], string>> = {
  stored: 'Stored',
  ready: 'Verified',
  failed: 'Damaged',
};

export function FileCells({ file }: { readonly file: FileRow }) {
  return (
    <>
      <PathCell path={file.path} />
      <div role="gridcell" className="cell cell-status" data-status={file.status}>
        {STATUS[file.status]}
      </div>
      <div role="gridcell" className="cell cell-sizeBytes">
        {formatBytes(file.sizeBytes)}
      </div>
      <div role="gridcell" className="cell cell-saved">
        {file.status === 'ready' ? formatSaved(file.sizeBytes, file.storedBytes) : ''}
      </div>
      <div role="gridcell" className="cell cell-updatedAt">
        {formatDate(Date.parse(file.updatedAt))}
      </div>
    </>
  );
}
