import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { FileRow, FileWindow, FileWindowInput } from '../../shared/file-row.ts';
import { call } from '../lib/bridge.ts';
import { FILES_KEY } from '../lib/follow-events.ts';

export type FileQuestion = Pick<FileWindowInput, 'search' | 'sort' | 'isDescending'>;

const PAGE_ROWS = 100;

function pageQuery(question: FileQuestion, page: number) {
  const input = { ...question, offset: page * PAGE_ROWS, limit: PAGE_ROWS };
  return {
    queryKey: [...FILES_KEY, input],
    queryFn: () => call('files.window', input),
    placeholderData: keepPreviousData<FileWindow>,
    gcTime: 30_000,
  };
}

export interface LoadedFiles {
  readonly first: FileWindow | undefined;
  readonly error: unknown;
  readonly rowAt: (index: number) => FileRow | undefined;
}

/** The rows from `firstIndex` to `lastIndex`, fetched a page at a time as they come into view. */
export function useFileWindow(question: FileQuestion, firstIndex: number, lastIndex: number): LoadedFiles {
  const firstPage = Math.floor(firstIndex / PAGE_ROWS);
  const lastPage = Math.floor(lastIndex / PAGE_ROWS);
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
  const head = useQuery(pageQuery(question, 0));
  const loaded = useQueries({ queries: pages.map((page) => pageQuery(question, page)) });
  return {
    first: head.data,
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
