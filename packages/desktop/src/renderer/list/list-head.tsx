import type { ReactNode } from 'react';
import { formatCount, formatNumber } from '../../shared/format.ts';
import type { RowWindow } from '../../shared/row-window.ts';
import { Icon } from '../ui/icon.tsx';

interface ListHeadProps {
  readonly title: string;
  readonly list: RowWindow<unknown> | undefined;
  readonly selected: number;
  readonly search: string;
  readonly searchLabel: string;
  readonly onSearch: (text: string) => void;
  readonly children: ReactNode;
}

/** What a list is, how much is in it, and what can be done without selecting anything. */
export function ListHead(props: ListHeadProps) {
  const { title, list, selected, search, searchLabel, onSearch, children } = props;
  return (
    <header className="files-head">
      <div className="head-title">
        <h1>{title}</h1>
        <p className="counts hint" role="status">
          {list !== undefined && isCounted(list) ? <span>{formatCount(list.total, 'file')}</span> : null}
          {selected === 0 ? null : <span>{formatNumber(selected)} selected</span>}
        </p>
      </div>
      <label className="search">
        <Icon name="search" />
        <span className="visually-hidden">{searchLabel}</span>
        <input
          type="search"
          value={search}
          placeholder="Search by name or folder"
          onChange={(event) => onSearch(event.target.value)}
        />
      </label>
      <div className="head-actions">{children}</div>
    </header>
  );
}

/** None are only none when the list is there. */
const isCounted = ({ total, isComplete }: RowWindow<unknown>): boolean => isComplete || total > 0;
