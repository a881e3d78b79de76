import { filePathProblem } from '@instashare/contracts';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { alternativePaths } from './free-path.ts';

test.each([
  ['a.txt', 'a (2).txt'],
  ['folder.d/a', 'folder.d/a (2)'],
  ['folder/.hidden', 'folder/.hidden (2)'],
  ['archive.tar.gz', 'archive.tar (2).gz'],
  ['a.', 'a (2).'],
])('for %s the first is %s', (path, first) => {
  expect(alternativePaths(path)[0]).toBe(first);
});

test('a name that is as long as it may be is shortened by whole characters', () => {
  const [first = ''] = alternativePaths(`${'é'.repeat(125)}.txt`);
  expect(first).toBe(`${'é'.repeat(123)} (2).txt`);
});

test('none for a path with no room for a longer name', () => {
  const folder = `${Array.from({ length: 4 }, () => 'd'.repeat(254)).join('/')}/`;
  expect(alternativePaths(`${folder}abc`)).toEqual([]);
});

test('whatever is offered is a path, another one, and offered once', () => {
  assert(
    property(string({ unit: 'binary', minLength: 1, maxLength: 40 }), (path) => {
      if (filePathProblem(path) !== null) return;
      const offered = alternativePaths(path);
      expect(new Set([path, ...offered]).size).toBe(offered.length + 1);
      expect(offered.filter((alternative) => filePathProblem(alternative) !== null)).toEqual([]);
    }),
  );
});
