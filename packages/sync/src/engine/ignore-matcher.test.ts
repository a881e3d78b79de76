import { expect, test } from 'vitest';
import { DEFAULT_IGNORES, type IgnoreRule, parseIgnoreFile } from '../model/ignore-file.ts';
import { createIgnoreMatcher } from './ignore-matcher.ts';

/** What of some paths is ignored by these ignore files, each with its lines. */
function ignored(files: Readonly<Record<string, string>>, paths: readonly string[], isCaseSensitive = true) {
  const rules = Object.entries(files).flatMap(([file, text]) => parseIgnoreFile(text, file).rules ?? []);
  const matcher = createIgnoreMatcher(rules, { isCaseSensitive });
  return paths.filter((path) => matcher.find(path.replace(/\/$/, ''), path.endsWith('/')) !== null);
}

// As git check-ignore has them.
test.each([
  ['*.o', ['a.o', 'sub/a.o', 'a.o/'], ['a.c', 'a.old']],
  ['/a', ['a', 'a/'], ['sub/a']],
  ['a/', ['a/', 'sub/a/'], ['a']],
  ['sub/a', ['sub/a'], ['a', 'x/sub/a']],
  ['**/a/b', ['a/b', 'x/y/a/b'], ['a', 'b']],
  ['a/**', ['a/b', 'a/b/c'], ['a/', 'b']],
  ['a/**/b', ['a/b', 'a/x/y/b'], ['b']],
  ['[a-c]?', ['ab', 'cd'], ['db', 'a']],
  ['[!a]', ['b'], ['a']],
  ['\\[x\\]', ['[x]'], ['x']],
  ['\\!a\n\\#b', ['!a', '#b'], ['a', 'b']],
  ['a ', ['a'], ['a ']],
  ['a\\ ', ['a '], ['a']],
  ['*\n!*.txt', ['a', 'b.md'], ['a.txt']],
  ['# a\n\na', ['a'], ['# a']],
])('%j', (text, yes, no) => {
  expect(ignored({ '.instashareignore': text }, [...yes, ...no])).toEqual(yes);
});

test('rules of a folder hold below it only, and count more than those of the folders that it lies in', () => {
  const files = {
    '.instashareignore': '*.o\nbuild/\n',
    '[odd]*/.instashareignore': '!keep.o\n!build/\n/x\ny/z\n\\!n\n',
  };
  const yes = ['keep.o', 'build/', '[odd]*/a.o', '[odd]*/x', '[odd]*/y/z', '[odd]*/deep/!n'];
  const no = [
    '[odd]*/deep/keep.o',
    '[odd]*/build/',
    '[odd]*/build/a',
    '[odd]*/deep/x',
    '[odd]*/deep/y/z',
    'o/x',
  ];
  expect(ignored(files, [...yes, ...no])).toEqual(yes);
});

test('cases matter where the file system says so', () => {
  expect(ignored({ f: '*.JPG' }, ['a.jpg', 'a.JPG'])).toEqual(['a.JPG']);
  expect(ignored({ f: '*.JPG' }, ['a.jpg', 'a.JPG'], false)).toEqual(['a.jpg', 'a.JPG']);
});

test('each built-in rule matches, among the others as well as alone', () => {
  const examples = [
    [
      '.DS_Store',
      'Thumbs.db',
      'thumbs.db',
      'desktop.ini',
      '~$letter.docx',
      '.~lock.sheet.ods#',
      '.a.txt.swp',
    ],
    ['film.mkv.crdownload', '.nfs0001', '.fuse_hidden0001', '.Trash-1000/', '.Trashes/', '$RECYCLE.BIN/'],
    ['System Volume Information/', '.Spotlight-V100/', '.fseventsd/'],
  ].flat();
  const rules = DEFAULT_IGNORES.map(
    (pattern): IgnoreRule => ({ pattern, from: 'default', file: null, line: null }),
  );
  const matcher = createIgnoreMatcher(rules, { isCaseSensitive: true });
  const found = examples.map(
    (path) => matcher.find(`x/${path.replace(/\/$/, '')}`, path.endsWith('/'))?.pattern,
  );
  expect(new Set(found)).toEqual(new Set(DEFAULT_IGNORES));
  for (const path of ['a.txt', 'Trash', '.nf', 'a.swp', 'x.part'])
    expect(matcher.find(path, false)).toBeNull();
});

test('the same answers however many were given before', () => {
  const matcher = createIgnoreMatcher(parseIgnoreFile('*.o', 'f').rules ?? [], { isCaseSensitive: true });
  for (let index = 0; index < 25_000; index += 1) matcher.find(`${index}.c`, false);
  expect([matcher.find('a.o', false)?.line, matcher.find('a.c', false)]).toEqual([1, null]);
});
