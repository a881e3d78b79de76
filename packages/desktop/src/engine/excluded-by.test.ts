import { expect, test } from 'vitest';
import { excludedBy } from './excluded-by.ts';

const paths = ['a.tmp', 'deep/b.tmp', 'keep.tmp', 'build', 'src/build', 'ours', 'notes.txt'];

test('rules are those of .gitignore, beside what is never uploaded', () => {
  const isExcluded = excludedBy((path) => path === 'ours', '*.tmp\n!keep.tmp\n/build\n');
  expect(paths.filter(isExcluded)).toEqual(['a.tmp', 'deep/b.tmp', 'build', 'ours']);
});

test('a rule for folders holds for all that is in them, and for no file of that name', () => {
  const isExcluded = excludedBy(() => false, 'build/');
  expect(['build/a', 'src/build/deep/b', 'build'].map(isExcluded)).toEqual([true, true, false]);
});

test('without rules only ours are left out', () => {
  expect(paths.filter(excludedBy((path) => path === 'ours', ''))).toEqual(['ours']);
});
