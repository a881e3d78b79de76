import type { FileRow, SortKey } from '../../shared/file-row.ts';
import { call } from '../lib/bridge.ts';
import { ListHead } from '../list/list-head.tsx';
import { ListState } from '../list/list-state.tsx';
import { type Column, RowTable } from '../list/row-table.tsx';
import { runKey, Toolbar } from '../list/toolbar.tsx';
import { useListView } from '../list/use-list-view.ts';
import { useRowWindow } from '../list/use-row-window.ts';
import { useSelection } from '../list/use-selection.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { AwaitedList } from './awaited-list.tsx';
import { FileCells } from './file-cells.tsx';
import { RefusedDialog } from './refused-dialog.tsx';
import { UploadButtons } from './upload-buttons.tsx';
import { useFileTools } from './use-file-tools.tsx';
import { useOpenFile } from './use-open-file.ts';

const COLUMNS: readonly Column<SortKey>[] = [
  { sort: 'path', label: 'Name' },
  { sort: 'status', label: 'Status' },
  { sort: 'sizeBytes', label: 'Size' },
  { sort: 'saved', label: 'Saved' },
  { sort: 'updatedAt', label: 'Changed' },
];

const SOURCE = {
  name: 'files',
  ask: (input: Parameters<typeof call<'files.window'>>[1]) => call('files.window', input),
};

/** Everything on the server, searched as one types, kept as the server tells. */
export function Files({ onTrash }: { readonly onTrash: () => void }) {
  const view = useListView<SortKey>({ sort: 'path', isDescending: false });
  const selection = useSelection<FileRow>((range) => call('files.range', { ...view.question, ...range }));
  const opener = useOpenFile();
  const files = useRowWindow(SOURCE, view);
  const { tools, dialog } = useFileTools(selection, opener.open);
  return (
    <div className="files">
      <ListHead
        title="My files"
        list={files.first}
        selected={selection.ids.size}
        search={view.search}
        searchLabel="Search files"
        onSearch={(text) => {
          view.setSearch(text);
          selection.clear();
        }}
      >
        <UploadButtons />
        <button type="button" className="button" onClick={onTrash}>
          <Icon name="trash" /> Trash
        </button>
      </ListHead>
      <Toolbar label="Actions for the selected files" tools={tools} />
      <AwaitedList />
      <ListState loaded={files} hasSearch={view.search !== ''} whenEmpty={<NoFiles />}>
        <RowTable
          kind="files"
          label="Files"
          columns={COLUMNS}
          search={view.question.search}
          rows={files}
          order={view.order}
          onOrder={view.setOrder}
          onRange={view.setRange}
          selection={selection}
          cells={(file) => <FileCells file={file} />}
          onOpen={opener.open}
          onKey={(event) => runKey(tools, event)}
        />
      </ListState>
      {dialog}
      {opener.refused === null ? null : (
        <RefusedDialog file={opener.refused} onClose={opener.forgetRefused} />
      )}
    </div>
  );
}

function NoFiles() {
  return (
    <Empty icon="file" title="No files yet">
      Drop some anywhere in this window, choose some to upload, or add a folder in the settings.
      <span className="empty-actions">
        <UploadButtons />
      </span>
    </Empty>
  );
}
