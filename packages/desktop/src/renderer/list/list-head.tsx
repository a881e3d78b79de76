import type { ReactNode } from 'react';
import { formatCount, formatNumber } from '../../shared/format.ts';
import type { RowWindow } from '../../shared/row-window.ts';
import { Icon } from '../ui/icon.tsx';

interface ListHeadProps {
  readonly title: string;
  /** How many match; undefined while nothing is known. */
  readonly first: Pick<RowWindow<unknown>, 'total' | 'isComplete'> | undefined;
  readonly selected: number;
  readonly search: string;
  readonly searchLabel: string;
  readonly onSearch: (text: string) => void;
  readonly children: ReactNode;
}

/** That nothing could be fetched does not mean that there is nothing. */
const isUnknown = ({
  total,
  isComplete,
}: {
  readonly total: number;
  readonly isComplete: boolean;
}): boolean => total === 0 && !isComplete;

/** What a list is, how much is in it, and what can be done without selecting anything. */
export function ListHead(props: ListHeadProps) {
  const { title, first, selected, search, searchLabel, onSearch, children } = props;
  return (
    <header className="files-head">
      <div className="head-title">
        <h1>{title}</h1>
        <p className="counts hint" role="status">
          {first === undefined || isUnknown(first) ? null : <span>{formatCount(first.total, 'file')}</span>}
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
