import { useState } from 'react';
import type { FileRow, FileWindow } from '../../shared/file-row.ts';
import { formatCount } from '../../shared/format.ts';
import { messageOf } from '../lib/bridge.ts';
import { useDebounced } from '../lib/hooks.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { AwaitedList } from './awaited-list.tsx';
import { DropZone } from './drop-zone.tsx';
import { FileActions } from './file-actions.tsx';
import { FileTable } from './file-table.tsx';
import { RefusedDialog } from './refused-dialog.tsx';
import { type FileQuestion, type LoadedFiles, useFileWindow } from './use-file-window.ts';
import { useOpenFile } from './use-open-file.ts';
import { type Selection, useSelection } from './use-selection.ts';

const TYPING_MS = 120;

/** Everything on the server, searched as one types, kept as the server tells. */
export function Files() {
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<Omit<FileQuestion, 'search'>>({ sort: 'path', isDescending: false });
  const [range, setRange] = useState({ first: 0, last: 0 });
  const selection = useSelection();
  const opener = useOpenFile();
  const question = { ...order, search: useDebounced(search, TYPING_MS) };
  const files = useFileWindow(question, range.first, range.last);
  return (
    <DropZone>
      <div className="files">
        <header className="files-head">
          <h1>My files</h1>
          <p className="hint" role="status">
            {files.first === undefined || isUnknown(files.first)
              ? ''
              : formatCount(files.first.total, 'file')}
          </p>
          <label className="search">
            <Icon name="search" />
            <span className="visually-hidden">Search files</span>
            <input
              type="search"
              value={search}
              placeholder="Search by name or folder"
              onChange={(event) => {
                setSearch(event.target.value);
                selection.clear();
              }}
            />
          </label>
        </header>
        <FileActions selection={selection} onOpen={opener.open} />
        <AwaitedList />
        <Body
          files={files}
          order={order}
          onOrder={setOrder}
          onRange={setRange}
          selection={selection}
          onOpen={opener.open}
          hasSearch={search !== ''}
        />
        {opener.refused === null ? null : (
          <RefusedDialog file={opener.refused} onClose={opener.forgetRefused} />
        )}
      </div>
    </DropZone>
  );
}

/** That nothing could be fetched does not mean that there is nothing. */
const isUnknown = ({ total, isComplete }: FileWindow): boolean => total === 0 && !isComplete;

interface BodyProps {
  readonly files: LoadedFiles;
  readonly order: Omit<FileQuestion, 'search'>;
  readonly onOrder: (order: Omit<FileQuestion, 'search'>) => void;
  readonly onRange: (range: { readonly first: number; readonly last: number }) => void;
  readonly selection: Selection;
  readonly onOpen: (file: FileRow) => void;
  readonly hasSearch: boolean;
}

function Body({ files, order, onOrder, onRange, selection, onOpen, hasSearch }: BodyProps) {
  const { first, error } = files;
  if (error !== null)
    return (
      <Empty icon="alert" title="The list could not be shown">
        {messageOf(error)}
      </Empty>
    );
  if (first === undefined || (!first.isComplete && first.failure === null))
    return (
      <div className="empty" aria-busy="true">
        <p className="hint">Fetching the list…</p>
      </div>
    );
  if (first.total === 0)
    return <NoFiles failure={first.isComplete ? null : first.failure} hasSearch={hasSearch} />;
  return (
    <FileTable
      total={first.total}
      rowAt={files.rowAt}
      order={order}
      onOrder={onOrder}
      onRange={onRange}
      selection={selection}
      onOpen={onOpen}
    />
  );
}

function NoFiles({ failure, hasSearch }: { readonly failure: string | null; readonly hasSearch: boolean }) {
  if (failure !== null)
    return (
      <Empty icon="offline" title="The list can't be fetched right now">
        {failure}. It is tried again by itself.
      </Empty>
    );
  if (hasSearch)
    return (
      <Empty icon="search" title="No file matches">
        Every word must be part of the path.
      </Empty>
    );
  return (
    <Empty icon="file" title="No files yet">
      Drop some here, or add a folder in the settings.
    </Empty>
  );
}
