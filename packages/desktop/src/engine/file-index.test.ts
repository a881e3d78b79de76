import { expect, test } from 'vitest';
import type { FileRow, SortKey } from '../shared/file-row.ts';
import type { RowWindowInput } from '../shared/row-window.ts';
import { createFileIndex } from './file-index.ts';

const row = (path: string, changes: Partial<FileRow> = {}): FileRow => ({
  id: path,
  path,
  sizeBytes: 100,
  storedBytes: 100,
  status: 'ready',
  version: 1,
  updatedAt: '2026-11-24T09:00:00.000Z',
  ...changes,
});
const ALL: RowWindowInput<SortKey> = { search: '', sort: 'path', isDescending: false, offset: 0, limit: 100 };

function indexOf(...rows: FileRow[]) {
  const index = createFileIndex();
  index.replaceAll(rows);
  return (wanted: Partial<RowWindowInput<SortKey>> = {}) => {
    const { rows: found, total } = index.window({ ...ALL, ...wanted });
    return { paths: found.map(({ path }) => path), total };
  };
}

test('every word must be part of the path, whatever its case', () => {
  const find = indexOf(row('Photos/Beach.jpg'), row('Photos/hills.jpg'), row('Notes/beach.txt'));
  expect(find({ search: ' beach  PHOTOS ' })).toEqual({ paths: ['Photos/Beach.jpg'], total: 1 });
  expect(find({ search: 'nowhere' })).toEqual({ paths: [], total: 0 });
});

test('a name is found in either Unicode form', () => {
  expect(indexOf(row('u\u0308ber.txt'))({ search: '\u00fcber' }).total).toBe(1);
});

test('a window is a part of the whole order', () => {
  const find = indexOf(...['d', 'b', 'a', 'c'].map((path) => row(path)));
  expect(find({ offset: 1, limit: 2 })).toEqual({ paths: ['b', 'c'], total: 4 });
  expect(find({ isDescending: true, limit: 1 })).toEqual({ paths: ['d'], total: 4 });
  expect(find({ offset: 9 })).toEqual({ paths: [], total: 4 });
});

test('numbers in names are in the order of numbers, however they are written', () => {
  const paths = ['file10', 'file2', 'File1', 'file02', 'b/img_1234567890', 'b/img_999', 'b/img_x'];
  expect(indexOf(...paths.map((path) => row(path)))().paths).toEqual([
    'b/img_999',
    'b/img_1234567890',
    'b/img_x',
    'File1',
    'file02',
    'file2',
    'file10',
  ]);
});

test('sorted by what compression saved', () => {
  const find = indexOf(
    row('a', { storedBytes: 90 }),
    row('b', { storedBytes: 10 }),
    row('c', { storedBytes: 130 }),
  );
  expect(find({ sort: 'saved', isDescending: true }).paths).toEqual(['b', 'a', 'c']);
});

test('what is put or removed shows at once, though the same was asked before', () => {
  const index = createFileIndex();
  index.replaceAll([row('a')]);
  expect(index.window(ALL).total).toBe(1);
  index.put(row('b'));
  expect(index.window(ALL).total).toBe(2);
  index.put({ ...row('b'), path: 'renamed' });
  expect(index.window(ALL).rows.map(({ path }) => path)).toEqual(['a', 'renamed']);
  index.remove('a');
  expect(index.window(ALL).rows.map(({ path }) => path)).toEqual(['renamed']);
});

test('a range is named from a row or a place to a place, whichever comes first', () => {
  const index = createFileIndex();
  index.replaceAll(['d', 'b', 'a', 'c', 'x'].map((path) => row(path)));
  const range = (from: string | number, to: number) =>
    index.range({ search: '', sort: 'path', isDescending: false, from, to });
  expect(range('b', 3)).toEqual(['b', 'c', 'd']);
  expect(range('d', 1)).toEqual(['b', 'c', 'd']);
  expect(range(0, Number.MAX_SAFE_INTEGER)).toEqual(['a', 'b', 'c', 'd', 'x']);
  expect(index.range({ search: 'x', sort: 'path', isDescending: true, from: 0, to: 9 })).toEqual(['x']);
  expect(index.range({ search: 'nothing', sort: 'path', isDescending: false, from: 0, to: 9 })).toEqual([]);
});

test('a range from a row that moved begins where it is now, and from one that is gone it has only its end', () => {
  const index = createFileIndex();
  index.replaceAll(['b', 'c', 'd'].map((path) => row(path)));
  index.put(row('a'));
  const wanted = { search: '', sort: 'path', isDescending: false, from: 'c', to: 3 } as const;
  expect(index.range(wanted)).toEqual(['c', 'd']);
  index.remove('c');
  expect(index.range({ ...wanted, to: 2 })).toEqual(['d']);
});
