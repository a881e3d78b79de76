import type { FileRow } from '../../shared/file-row.ts';
import { formatBytes, formatDate, formatSaved } from '../../shared/format.ts';
import type { Selection } from './use-selection.ts';

const STATUS: Readonly<Record<FileRow['status'], string>> = {
  stored: 'Stored',
  ready: 'Verified',
  failed: 'Damaged',
};

interface FileTableRowProps {
  readonly index: number;
  readonly top: number;
  readonly file: FileRow | undefined;
  readonly isActive: boolean;
  readonly selection: Selection;
  readonly onActivate: () => void;
  readonly onOpen: (file: FileRow) => void;
}

/** The keyboard is the grid's, which has the focus. */
export function FileTableRow({
  index,
  top,
  file,
  isActive,
  selection,
  onActivate,
  onOpen,
}: FileTableRowProps) {
  const isSelected = file !== undefined && selection.has(file.id);
  return (
    <div
      id={`file-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className="table-row"
      data-active={isActive}
      style={{ position: 'absolute', insetInline: 0, transform: `translateY(${top}px)` }}
      onMouseDown={(event) => {
        if (file === undefined) return;
        onActivate();
        if (event.ctrlKey || event.metaKey) selection.toggle(file);
        else selection.only(file);
      }}
      onDoubleClick={() => {
        if (file !== undefined) onOpen(file);
      }}
    >
      {file === undefined ? (
        <div role="gridcell" className="cell hint">
          …
        </div>
      ) : (
        <Cells file={file} />
      )}
    </div>
  );
}

function Cells({ file }: { readonly file: FileRow }) {
  const at = file.path.lastIndexOf('/');
  return (
    <>
      <div role="gridcell" className="cell cell-path" title={file.path}>
        <span className="file-name">{file.path.slice(at + 1)}</span>
        {at === -1 ? null : <span className="file-folder">{file.path.slice(0, at)}</span>}
      </div>
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
