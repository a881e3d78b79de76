import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { FileRow, SortKey } from '../../shared/file-row.ts';
import { FileTableRow } from './file-table-row.tsx';
import type { FileQuestion } from './use-file-window.ts';
import type { Selection } from './use-selection.ts';

const ROW_HEIGHT = 44;
/** As in the styles: it stays above the rows, which scroll below it. */
const HEAD_HEIGHT = 36;

const COLUMNS: readonly { readonly sort: SortKey; readonly label: string }[] = [
  { sort: 'path', label: 'Name' },
  { sort: 'status', label: 'Status' },
  { sort: 'sizeBytes', label: 'Size' },
  { sort: 'saved', label: 'Saved' },
  { sort: 'updatedAt', label: 'Changed' },
];

interface FileTableProps {
  readonly total: number;
  readonly rowAt: (index: number) => FileRow | undefined;
  readonly order: Omit<FileQuestion, 'search'>;
  readonly onOrder: (order: Omit<FileQuestion, 'search'>) => void;
  readonly onRange: (range: { readonly first: number; readonly last: number }) => void;
  readonly selection: Selection;
  readonly onOpen: (file: FileRow) => void;
}

/** Only the rows in view exist, however many there are. */
export function FileTable({ total, rowAt, order, onOrder, onRange, selection, onOpen }: FileTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(0);
  // There may be fewer than when it was chosen.
  const active = Math.min(chosen, total - 1);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const items = rows.getVirtualItems();
  const first = items.at(0)?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange({ first, last }), [first, last, onRange]);

  const onKeyDown = keyHandler({ active, total, rowAt, selection, onOpen }, (next) => {
    setChosen(next);
    rows.scrollToIndex(next);
  });

  return (
    <div
      ref={scroller}
      className="table"
      role="grid"
      tabIndex={0}
      aria-label="Files"
      aria-multiselectable="true"
      aria-rowcount={total + 1}
      // One that is scrolled out of view does not exist.
      aria-activedescendant={items.some(({ index }) => index === active) ? `file-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <Header order={order} onOrder={onOrder} />
      <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => (
          <FileTableRow
            key={index}
            index={index}
            top={start - HEAD_HEIGHT}
            file={rowAt(index)}
            isActive={index === active}
            selection={selection}
            onActivate={() => setChosen(index)}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

interface Grid extends Pick<FileTableProps, 'total' | 'rowAt' | 'selection' | 'onOpen'> {
  readonly active: number;
}

/** Arrows move and select, with Ctrl they only move; the space bar adds and takes away; Enter opens. */
function keyHandler({ active, total, rowAt, selection, onOpen }: Grid, onMove: (index: number) => void) {
  return (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(total - 1, step(active, total)));
      onMove(next);
      const row = rowAt(next);
      if (row !== undefined && !event.ctrlKey) selection.only(row);
    } else if (event.key === ' ' && event.target === event.currentTarget) {
      const row = rowAt(active);
      if (row !== undefined) selection.toggle(row);
    } else if (event.key === 'Enter' && event.target === event.currentTarget) {
      const row = rowAt(active);
      if (row !== undefined && !event.repeat) onOpen(row);
    } else return;
    event.preventDefault();
  };
}

const PAGE_STEP = 10;
const STEPS: Readonly<Record<string, (active: number, total: number) => number>> = {
  ArrowDown: (active) => active + 1,
  ArrowUp: (active) => active - 1,
  PageDown: (active) => active + PAGE_STEP,
  PageUp: (active) => active - PAGE_STEP,
  Home: () => 0,
  End: (_active, total) => total - 1,
};

function Header({ order, onOrder }: Pick<FileTableProps, 'order' | 'onOrder'>) {
  return (
    <div className="table-row table-head" role="row" aria-rowindex={1}>
      {COLUMNS.map(({ sort, label }) => {
        const isSorted = order.sort === sort;
        const direction = order.isDescending ? 'descending' : 'ascending';
        return (
          <div
            key={sort}
            role="columnheader"
            className={`cell cell-${sort}`}
            aria-sort={isSorted ? direction : 'none'}
          >
            <button
              type="button"
              className="sort"
              onClick={() => onOrder({ sort, isDescending: isSorted && !order.isDescending })}
            >
              {label}
              <span aria-hidden="true">{isSorted ? (order.isDescending ? ' ↓' : ' ↑') : ''}</span>
            </button>
          </div>
        );
      })}
    </div>
  );
}
