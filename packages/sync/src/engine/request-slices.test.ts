import { MAX_BATCH_FILES } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { requestSlices } from './request-slices.ts';

const LARGEST_REQUEST_BYTES = 1024 * 1024;

const sizesOf = (paths: readonly string[]) =>
  [...requestSlices(paths, (path) => [path, path])].map((slice) => slice.length);

test('there are no more files in one than a batch may have', () => {
  const paths = Array.from({ length: MAX_BATCH_FILES * 2 + 1 }, (_, index) => `${index}`);
  expect(sizesOf(paths)).toEqual([MAX_BATCH_FILES, MAX_BATCH_FILES, 1]);
  expect([...requestSlices(paths, (path) => [path])].flat()).toEqual(paths);
});

test('long paths make more requests, none of which is too large as JSON', () => {
  const paths = Array.from({ length: 1_000 }, (_, index) => `${index}`.padEnd(1_024, '"'));
  for (const slice of requestSlices(paths, (path) => [path, path])) {
    const files = slice.map((path) => ({ id: '0'.repeat(36), ifVersion: 1, ifPath: path, path }));
    expect(JSON.stringify({ files }).length).toBeLessThan(LARGEST_REQUEST_BYTES);
  }
});

test('of nothing there is none, and what is too long for any comes alone', () => {
  expect(sizesOf([])).toEqual([]);
  expect(sizesOf(['a', 'b'.repeat(600 * 1024), 'c'])).toEqual([1, 1, 1]);
});
