import type { RowQuestion, RowRange, RowWindowInput } from '../shared/row-window.ts';

/** Rows of a list in memory, some 350 bytes each, searched by their paths and sorted. Pure: it fetches nothing. */
export interface RowIndex<R extends Row, S extends string> {
  put(row: R): void;
  remove(id: string): void;
  /** What is not in `rows` is gone. */
  replaceAll(rows: Iterable<R>): void;
  get(id: string): R | undefined;
  rows(): readonly R[];
  readonly size: number;
  window(wanted: RowWindowInput<S>): { readonly rows: R[]; readonly total: number };
  /** The ids from one place in the order to another. One that begins at what is gone has only its other end. */
  range(wanted: RowQuestion<S> & RowRange): string[];
}

export interface Row {
  readonly id: string;
  readonly path: string;
}

export interface Entry<R extends Row> {
  readonly row: R;
  /** The path as it is searched. */
  readonly key: string;
  /** The path as it is sorted. */
  readonly order: string;
}

export type Order<R extends Row> = (a: Entry<R>, b: Entry<R>) => number;

const keyOf = (text: string): string => text.normalize('NFC').toLowerCase();

const LONGEST_NUMBER = 48;

/**
 * `file2` before `file10`: each number has its length before it. Made once for each row, since the whole list is sorted
 * again after each change. No length is above the letters.
 */
const orderOf = (key: string): string =>
  key.replaceAll(
    /0*(\d+)/g,
    (_, digits: string) => String.fromCodePoint(0x30 + Math.min(digits.length, LONGEST_NUMBER)) + digits,
  );

function entryOf<R extends Row>(row: R): Entry<R> {
  const key = keyOf(row.path);
  return { row, key, order: orderOf(key) };
}

export const byPath: Order<Row> = (a, b) => {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.id < b.row.id ? -1 : 1;
};

/** By some text or number of a row, then by its path. */
export const byField =
  <R extends Row>(fieldOf: (row: R) => string | number): Order<R> =>
  (a, b) => {
    const [left, right] = [fieldOf(a.row), fieldOf(b.row)];
    return left < right ? -1 : left > right ? 1 : byPath(a, b);
  };

export function createRowIndex<R extends Row, S extends string>(
  orders: Readonly<Record<S, Order<R>>>,
): RowIndex<R, S> {
  const entries = new Map<string, Entry<R>>();
  /** What was asked for last, in order: scrolling asks for the next part of the same. */
  let cached: { readonly question: string; readonly found: readonly Entry<R>[] } | null = null;

  function find({ search, sort, isDescending }: RowQuestion<S>): readonly Entry<R>[] {
    const question = JSON.stringify([search, sort, isDescending]);
    if (cached?.question === question) return cached.found;
    const words = keyOf(search).split(/\s+/).filter(Boolean);
    const found = [...entries.values()].filter(({ key }) => words.every((word) => key.includes(word)));
    found.sort(orders[sort]);
    if (isDescending) found.reverse();
    cached = { question, found };
    return found;
  }

  return {
    put(row) {
      entries.set(row.id, entryOf(row));
      cached = null;
    },
    remove(id) {
      if (entries.delete(id)) cached = null;
    },
    replaceAll(rows) {
      entries.clear();
      for (const row of rows) entries.set(row.id, entryOf(row));
      cached = null;
    },
    get: (id) => entries.get(id)?.row,
    rows: () => [...entries.values()].map(({ row }) => row),
    get size() {
      return entries.size;
    },
    window(wanted) {
      const found = find(wanted);
      const rows = found.slice(wanted.offset, wanted.offset + wanted.limit).map(({ row }) => row);
      return { rows, total: found.length };
    },
    range({ from, to, ...question }) {
      const found = find(question);
      const last = Math.min(to, found.length - 1);
      const asked = typeof from === 'number' ? from : found.findIndex(({ row }) => row.id === from);
      const begin = asked === -1 ? last : asked;
      return found.slice(Math.min(begin, last), Math.max(begin, last) + 1).map(({ row }) => row.id);
    },
  };
}
