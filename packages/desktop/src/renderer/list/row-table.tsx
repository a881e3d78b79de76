import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { handleGridKey } from './grid-keys.ts';
import { TableRow } from './table-row.tsx';
import type { RowOrder, ShownRange } from './use-list-view.ts';
import type { LoadedRows } from './use-row-window.ts';
import type { Selection } from './use-selection.ts';

const ROW_HEIGHT = 44;
/** As in the styles: it stays above the rows, which scroll below it. */
const HEAD_HEIGHT = 36;

export interface Column<S extends string> {
  readonly sort: S;
  readonly label: string;
}

interface RowTableProps<R, S extends string> extends Pick<HeaderProps<S>, 'columns' | 'order' | 'onOrder'> {
  readonly label: string;
  /** Which widths the columns have. */
  readonly kind: 'files' | 'trash';
  readonly search: string;
  readonly rows: LoadedRows<R>;
  readonly onRange: (range: ShownRange) => void;
  readonly selection: Selection<R>;
  readonly cells: (row: R) => ReactNode;
  readonly onOpen?: (row: R) => void;
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** Only the rows in view exist, however many there are. */
export function RowTable<R extends { readonly id: string }, S extends string>(props: RowTableProps<R, S>) {
  const { search, order, onRange } = props;
  const { isCurrent, rowAt } = props.rows;
  const total = props.rows.first?.total ?? 0;
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(0);
  // There may be fewer than when it was chosen.
  const active = Math.min(chosen, total - 1);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const items = virtual.getVirtualItems();
  const first = items.at(0)?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange({ first, last }), [first, last, onRange]);
  // What is asked for anew is read from its beginning.
  useEffect(() => {
    setChosen(0);
    scroller.current?.scrollTo(0, 0);
  }, [search, order]);

  function onMove(next: number): void {
    setChosen(next);
    virtual.scrollToIndex(next);
  }

  return (
    <div
      ref={scroller}
      className={`table table-${props.kind}`}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-multiselectable="true"
      aria-busy={!isCurrent}
      aria-rowcount={total + 1}
      // One that is scrolled out of view does not exist.
      aria-activedescendant={items.some(({ index }) => index === active) ? `row-${active}` : undefined}
      onKeyDown={(event) => handleGridKey({ ...props, isCurrent, rowAt, total, active, onMove }, event)}
    >
      <Header columns={props.columns} order={order} onOrder={props.onOrder} />
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        <Rows {...props} {...props.rows} items={items} active={active} onActivate={setChosen} />
      </div>
    </div>
  );
}

interface RowsProps<R> extends Pick<LoadedRows<R>, 'isCurrent' | 'rowAt'> {
  readonly items: readonly VirtualItem[];
  readonly selection: Selection<R>;
  readonly cells: (row: R) => ReactNode;
  readonly onOpen?: (row: R) => void;
  readonly active: number;
  readonly onActivate: (index: number) => void;
}

function Rows<R extends { readonly id: string }>(props: RowsProps<R>) {
  const { items, isCurrent, rowAt, selection, cells, onOpen, active, onActivate } = props;
  return items.map(({ index, start }) => {
    const row = rowAt(index);
    return (
      <TableRow
        key={index}
        index={index}
        top={start - HEAD_HEIGHT}
        isActive={index === active}
        isSelected={row !== undefined && selection.has(row.id)}
        onPress={(event) => {
          if (row === undefined || !isCurrent) return;
          onActivate(index);
          if (event.shiftKey) selection.extendTo(index);
          else if (event.ctrlKey || event.metaKey) selection.toggle(row);
          else selection.only(row);
        }}
        onOpen={() => {
          if (row !== undefined && isCurrent) onOpen?.(row);
        }}
      >
        {row === undefined ? <NotYet /> : cells(row)}
      </TableRow>
    );
  });
}

const NotYet = () => (
  <div role="gridcell" className="cell hint">
    …
  </div>
);

interface HeaderProps<S extends string> {
  readonly columns: readonly Column<S>[];
  readonly order: RowOrder<S>;
  readonly onOrder: (order: RowOrder<S>) => void;
}

function Header<S extends string>({ columns, order, onOrder }: HeaderProps<S>) {
  return (
    <div className="table-row table-head" role="row" aria-rowindex={1}>
      {columns.map(({ sort, label }) => {
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
