import ignore from 'ignore';
import { expect, test } from 'vitest';
import { ignoreRuleFor } from './ignore-rule.ts';

test.each([
  ['plain.txt', 'other.txt'],
  ['a/b c.txt', 'b c.txt'],
  ['star*.txt', 'starry.txt'],
  ['what?.txt', 'whats.txt'],
  ['set[ab].txt', 'seta.txt'],
  ['!not.txt', 'not.txt'],
  ['#hash', 'hash'],
  ['ends in blanks  ', 'ends in blanks'],
  ['back\\slash', 'backslash'],
  ['two\nlines', 'lines'],
])('%j is ignored, and %j is not', (path, other) => {
  // As one of many, and not as a line of a text: a name may have a line break in it.
  const matcher = ignore().add([ignoreRuleFor(path)]);
  expect([matcher.ignores(path), matcher.ignores(other), matcher.ignores(`deep/${path}`)]).toEqual([
    true,
    false,
    false,
  ]);
});
