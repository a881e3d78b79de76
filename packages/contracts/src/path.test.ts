import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { filePathProblem, filePathSchema, folderPathSchema, joinPath, utf8ByteLength } from './path.ts';

test.each([
  ['', /must not be empty/],
  ['/etc/passwd', /must be relative/],
  ['../secret', /must not contain the part "\.\."/],
  ['a/../b', /must not contain the part "\.\."/],
  ['a/./b', /must not contain the part "\."/],
  ['a//b', /must not start or end with "\/" nor contain "\/\/"/],
  ['a/', /must not start or end with "\/"/],
  ['a\0b', /control characters/],
  ['a\nb', /control characters/],
  ['a\u0085b', /control characters/],
  ['\ud800', /valid Unicode/],
  ['cafe\u0301', /Unicode NFC/],
  ['n'.repeat(300), /longer than 255 bytes/],
  ['é'.repeat(128), /longer than 255 bytes/],
  [Array.from({ length: 300 }, () => 'dirs').join('/'), /at most 1024 bytes/],
])('refuses %j', (path, reason) => {
  expect(filePathProblem(path)).toMatch(reason);
  expect(filePathSchema.safeParse(path).success).toBe(false);
});

test.each([
  'a',
  '.hidden',
  'a b/ c',
  'trailing. ',
  'CON',
  'caf\u00e9/\u{1f600}.txt',
  'back\\slash',
  '..a/b..',
  'n'.repeat(255),
])('takes %j', (path) => {
  expect(filePathProblem(path)).toBeNull();
});

test('a folder may be the root, and may end with a slash', () => {
  const valid = (folder: string) => folderPathSchema.safeParse(folder).success;
  expect(['', 'a', 'a/', 'a/b/', '/', '/a', '../'].map(valid)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect([joinPath('', 'x'), joinPath('a', 'x'), joinPath('a/', 'x')]).toEqual(['x', 'a/x', 'a/x']);
});

/** Texts that come near a rule, on either side of it. */
const oddText = array(
  oneof(
    constantFrom(
      '.',
      '..',
      '/',
      '//',
      '\\',
      'a',
      'ä',
      '\u0301',
      '\ud800',
      '\0',
      '\n',
      '\u009f',
      '\u{1f600}',
      ' ',
    ),
    constantFrom(254, 255, 256, 300).map((count) => 'x'.repeat(count)),
    string({ unit: 'binary', maxLength: 5 }),
  ),
  { maxLength: 8 },
).map((parts) => parts.join(''));

/** Percent-encoding writes one escape for each byte of UTF-8 that is not plain. */
const bytesOf = (text: string) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, '.').length;

/** The rules, put another way. */
function isPath(text: string): boolean {
  const parts = text.split('/');
  return (
    text.isWellFormed() &&
    text.normalize('NFC') === text &&
    !/\p{Cc}/u.test(text) &&
    bytesOf(text) <= 1024 &&
    parts.every((part) => !['', '.', '..'].includes(part) && bytesOf(part) <= 255)
  );
}

test('S9: what is taken is what the rules take, and joins to a path that is taken', () => {
  assert(
    property(oddText, (text) => {
      expect(filePathProblem(text) === null, JSON.stringify(text)).toBe(isPath(text));
      const joined = joinPath('folder', text);
      expect(filePathProblem(joined) === null).toBe(isPath(joined));
    }),
    { numRuns: 2000 },
  );
});

test('counts bytes of UTF-8 as an encoder does', () => {
  assert(
    property(string({ unit: 'grapheme' }), (text) => {
      expect(utf8ByteLength(text)).toBe(bytesOf(text));
    }),
  );
});
