import { expect, test } from 'vitest';
import { mayBeDefault, parseIgnoreFile, patternProblem, rebasePattern } from './ignore-file.ts';

test.each([
  'a',
  '[]]',
  '[!]a]',
  '[^]]',
  String.raw`[\]]`,
  '[[:alpha:]_]',
  String.raw`\[a`,
  String.raw`a\ `,
  'a]',
  '**',
  '!/a',
])('"%s" is a pattern', (pattern) => {
  expect(patternProblem(pattern)).toBeNull();
});

test.each([
  ['a\\', 'ends in a backslash'],
  ['a\\\\\\', 'ends in a backslash'],
  ['[a', 'a bracket that is not closed'],
  ['[]', 'a bracket that is not closed'],
  [String.raw`[a\]`, 'a bracket that is not closed'],
  ['[[:alpha:]', 'a bracket that is not closed'],
  ['!', 'names nothing'],
  ['//', 'names nothing'],
  ['a\0b', 'has a NUL character'],
])('%j is none: it %s', (pattern, words) => {
  expect(patternProblem(pattern)).toContain(words);
});

test('comments and empty lines are passed over, line ends of each kind and a byte order mark are none of a pattern', () => {
  const { rules } = parseIgnoreFile('\uFEFFa\r\n# b\r\n\n  \nc\n', 'sub/.instashareignore');
  expect(rules).toEqual([
    { pattern: 'a', from: 'file', file: 'sub/.instashareignore', line: 1 },
    { pattern: 'c', from: 'file', file: 'sub/.instashareignore', line: 5 },
  ]);
});

test('a pattern of a folder says the same below it when it stands at the root', () => {
  const patterns = ['a', '/a', 'a/', 'a/b', '!a', String.raw`\!a`, '**/a'];
  expect(patterns.map((pattern) => rebasePattern(pattern, 'f/[x]'))).toEqual([
    String.raw`/f/\[x\]/**/a`,
    String.raw`/f/\[x\]/a`,
    String.raw`/f/\[x\]/**/a/`,
    String.raw`/f/\[x\]/a/b`,
    String.raw`!/f/\[x\]/**/a`,
    String.raw`/f/\[x\]/**/!a`,
    String.raw`/f/\[x\]/**/a`,
  ]);
});

test('nearly no name is taken for one of the defaults', () => {
  const names = ['a.txt', 'DS_Store', 'xThumbs.db', 'a~$b', 'swp', 'Trash-1', 'crdownload', 'lock.a#'];
  expect(names.filter(mayBeDefault)).toEqual([]);
});
