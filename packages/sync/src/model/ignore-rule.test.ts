import ignore from 'ignore';
import { expect, test } from 'vitest';
import { parseIgnoreFile } from './ignore-file.ts';
import { ignoreRuleFor, withIgnoreRule } from './ignore-rule.ts';

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
])('%j is ignored, and %j is not', (path, other) => {
  const { rules, problem } = parseIgnoreFile(ignoreRuleFor(path), 'Settings');
  expect(problem).toBeNull();
  const matcher = ignore().add((rules ?? []).map(({ pattern }) => pattern));
  expect([matcher.ignores(path), matcher.ignores(other), matcher.ignores(`deep/${path}`)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('a rule is added once, below those that are there', () => {
  expect(withIgnoreRule('*.tmp\n', 'a.txt')).toBe('*.tmp\n/a.txt');
  expect(withIgnoreRule('*.tmp\n/a.txt', 'a.txt')).toBe('*.tmp\n/a.txt');
});
