import type { ReactNode } from 'react';
import { messageOf } from '../lib/bridge.ts';
import { Empty } from '../ui/empty.tsx';
import type { LoadedRows } from './use-row-window.ts';

interface ListStateProps {
  readonly loaded: Pick<LoadedRows<unknown>, 'first' | 'error'>;
  readonly hasSearch: boolean;
  /** What stands there when there is nothing at all. */
  readonly whenEmpty: ReactNode;
  /** The rows, as soon as there are some. */
  readonly children: ReactNode;
}

/** The rows, or why there are none. */
export function ListState({ loaded: { first, error }, hasSearch, whenEmpty, children }: ListStateProps) {
  if (error !== null)
    return (
      <Empty icon="alert" title="The list could not be shown">
        {messageOf(error)}
      </Empty>
    );
  if (first !== undefined && first.total > 0) return children;
  if (first?.isComplete !== true)
    return first === undefined || first.failure === null ? (
      <div className="empty" aria-busy="true">
        <p className="hint">Fetching the list…</p>
      </div>
    ) : (
      <Empty icon="offline" title="The list can't be fetched right now">
        {first.failure}. It is tried again by itself.
      </Empty>
    );
  if (hasSearch)
    return (
      <Empty icon="search" title="No file matches">
        Every word must be part of the path.
      </Empty>
    );
  return whenEmpty;
}
