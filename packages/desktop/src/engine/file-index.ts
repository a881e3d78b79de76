import type { FileRow, FileWindowInput, SortKey } from '../shared/file-row.ts';

/** All files of the account in memory, some 300 bytes each, searched and sorted. Pure: it fetches nothing. */
export interface FileIndex {
  put(row: FileRow): void;
  remove(id: string): void;
  /** What is not in `rows` is gone. */
  replaceAll(rows: Iterable<FileRow>): void;
  get(id: string): FileRow | undefined;
  readonly size: number;
  window(wanted: FileWindowInput): { readonly rows: FileRow[]; readonly total: number };
}

interface Entry {
  readonly row: FileRow;
  /** The path as it is searched and sorted. */
  readonly key: string;
}

const keyOf = (text: string): string => text.normalize('NFC').toLowerCase();

const savedOf = ({ row }: Entry): number => row.sizeBytes - row.storedBytes;

const byPath = (a: Entry, b: Entry): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.id < b.row.id ? -1 : 1;

const COMPARE: Readonly<Record<SortKey, (a: Entry, b: Entry) => number>> = {
  path: byPath,
  sizeBytes: (a, b) => a.row.sizeBytes - b.row.sizeBytes || byPath(a, b),
  saved: (a, b) => savedOf(a) - savedOf(b) || byPath(a, b),
  updatedAt: (a, b) => Date.parse(a.row.updatedAt) - Date.parse(b.row.updatedAt) || byPath(a, b),
  status: (a, b) => (a.row.status < b.row.status ? -1 : a.row.status > b.row.status ? 1 : byPath(a, b)),
};

export function createFileIndex(): FileIndex {
  const entries = new Map<string, Entry>();
  /** What was asked for last, in order: scrolling asks for the next part of the same. */
  let cached: { readonly question: string; readonly found: readonly Entry[] } | null = null;

  function find({ search, sort, isDescending }: FileWindowInput): readonly Entry[] {
    const question = JSON.stringify([search, sort, isDescending]);
    if (cached?.question === question) return cached.found;
    const words = keyOf(search).split(/\s+/).filter(Boolean);
    const found = [...entries.values()].filter(({ key }) => words.every((word) => key.includes(word)));
    found.sort(COMPARE[sort]);
    if (isDescending) found.reverse();
    cached = { question, found };
    return found;
  }

  return {
    put(row) {
      entries.set(row.id, { row, key: keyOf(row.path) });
      cached = null;
    },
    remove(id) {
      if (entries.delete(id)) cached = null;
    },
    replaceAll(rows) {
      entries.clear();
      for (const row of rows) entries.set(row.id, { row, key: keyOf(row.path) });
      cached = null;
    },
    get: (id) => entries.get(id)?.row,
    get size() {
      return entries.size;
    },
    window(wanted) {
      const found = find(wanted);
      const rows = found.slice(wanted.offset, wanted.offset + wanted.limit).map(({ row }) => row);
      return { rows, total: found.length };
    },
  };
}
