import { expect, test } from 'vitest';
import { nameRange } from './name-range.ts';

test.each([
  ['Photos/2026/beach.jpg', 'beach'],
  ['archive.tar.gz', 'archive.tar'],
  ['a.b/README', 'README'],
  ['a/.profile', '.profile'],
])('the name in %s is %s', (path, name) => {
  expect(path.slice(...nameRange(path))).toBe(name);
});
