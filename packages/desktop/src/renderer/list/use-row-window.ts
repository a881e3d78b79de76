import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { RowQuestion, RowWindow, RowWindowInput } from '../../shared/row-window.ts';
import { FILES_KEY } from '../lib/follow-events.ts';
import type { ListView } from './use-list-view.ts';

const PAGE_ROWS = 100;

/** A list that the engine has: what it is called, and how a part of it is asked for. */
export interface RowSource<R, S extends string> {
  readonly name: string;
  readonly ask: (input: RowWindowInput<S>) => Promise<RowWindow<R>>;
}

function pageQuery<R, S extends string>(
  { name, ask }: RowSource<R, S>,
  question: RowQuestion<S>,
  page: number,
) {
  const input = { ...question, offset: page * PAGE_ROWS, limit: PAGE_ROWS };
  return {
    queryKey: [...FILES_KEY, name, input],
    queryFn: () => ask(input),
    placeholderData: keepPreviousData<RowWindow<R>>,
    gcTime: 30_000,
  };
}

export interface LoadedRows<R> {
  readonly first: RowWindow<R> | undefined;
  /** False while they still answer another question than what is typed: such rows can only be looked at. */
  readonly isCurrent: boolean;
  readonly error: unknown;
  readonly rowAt: (index: number) => R | undefined;
}

/** The rows in view, fetched a page at a time as they come into it. */
export function useRowWindow<R, S extends string>(
  source: RowSource<R, S>,
  { question, isAsked, range: { first, last } }: Pick<ListView<S>, 'question' | 'isAsked' | 'range'>,
): LoadedRows<R> {
  const firstPage = Math.floor(first / PAGE_ROWS);
  const lastPage = Math.floor(last / PAGE_ROWS);
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
  const head = useQuery(pageQuery(source, question, 0));
  const loaded = useQueries({ queries: pages.map((page) => pageQuery(source, question, page)) });
  return {
    first: head.data,
    isCurrent: isAsked && !head.isPlaceholderData,
    error: head.error,
    rowAt(index) {
      const page = Math.floor(index / PAGE_ROWS);
      const found = page === 0 ? head : loaded[page - firstPage];
      return found?.isPlaceholderData === true && page !== 0
        ? undefined
        : found?.data?.rows[index - page * PAGE_ROWS];
    },
  };
}
