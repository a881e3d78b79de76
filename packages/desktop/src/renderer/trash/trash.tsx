import { formatBytes, formatDate } from '../../shared/format.ts';
import type { TrashRow, TrashSort } from '../../shared/trash-row.ts';
import { call } from '../lib/bridge.ts';
import { ListHead } from '../list/list-head.tsx';
import { ListState } from '../list/list-state.tsx';
import { type Column, RowTable } from '../list/row-table.tsx';
import { PathCell } from '../list/table-row.tsx';
import { runKey, Toolbar } from '../list/toolbar.tsx';
import { useListView } from '../list/use-list-view.ts';
import { useRowWindow } from '../list/use-row-window.ts';
import { useSelection } from '../list/use-selection.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { useTrashTools } from './use-trash-tools.tsx';

const COLUMNS: readonly Column<TrashSort>[] = [
  { sort: 'path', label: 'Name' },
  { sort: 'sizeBytes', label: 'Size' },
  { sort: 'deletedAt', label: 'Deleted' },
  { sort: 'purgedFrom', label: 'Kept until' },
];

const SOURCE = {
  name: 'trash',
  ask: (input: Parameters<typeof call<'trash.window'>>[1]) => call('trash.window', input),
};

/** What was deleted and is not gone yet, the last deleted first. */
export function Trash({ onBack }: { readonly onBack: () => void }) {
  const view = useListView<TrashSort>({ sort: 'deletedAt', isDescending: true });
  const selection = useSelection<TrashRow>((range) => call('trash.range', { ...view.question, ...range }));
  const trash = useRowWindow(SOURCE, view);
  const { tools, dialog } = useTrashTools(selection);
  return (
    <div className="files">
      <ListHead
        title="Trash"
        list={trash.first}
        selected={selection.ids.size}
        search={view.search}
        searchLabel="Search the trash"
        onSearch={(text) => {
          view.setSearch(text);
          selection.clear();
        }}
      >
        {/* Where the button was that led here. */}
        <button type="button" className="button" onClick={onBack} autoFocus>
          <Icon name="files" /> Back to my files
        </button>
      </ListHead>
      <Toolbar label="Actions for what is in the trash" tools={tools} />
      <ListState loaded={trash} hasSearch={view.search !== ''} whenEmpty={<NothingDeleted />}>
        <RowTable
          kind="trash"
          label="Deleted files"
          columns={COLUMNS}
          search={view.question.search}
          rows={trash}
          order={view.order}
          onOrder={view.setOrder}
          onRange={view.setRange}
          selection={selection}
          cells={(file) => <TrashCells file={file} />}
          onKey={(event) => runKey(tools, event)}
        />
      </ListState>
      {dialog}
    </div>
  );
}

function TrashCells({ file }: { readonly file: TrashRow }) {
  return (
    <>
      <PathCell path={file.path} />
      <div role="gridcell" className="cell cell-sizeBytes">
        {formatBytes(file.sizeBytes)}
      </div>
      <div role="gridcell" className="cell cell-deletedAt">
        {formatDate(Date.parse(file.deletedAt))}
      </div>
      <div role="gridcell" className="cell cell-purgedFrom">
        {formatDate(Date.parse(file.purgedFrom))}
      </div>
    </>
  );
}

const NothingDeleted = () => (
  <Empty icon="trash" title="The trash is empty">
    What you delete is kept here for a while, and can be restored until then.
  </Empty>
);
