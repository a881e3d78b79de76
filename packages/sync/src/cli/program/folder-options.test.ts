import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addFolderOptions, type FolderFlags, folderArgs } from './folder-options.ts';

/** What is made of arguments. */
function parse(args: readonly string[]): FolderFlags {
  const command = addFolderOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(args, { from: 'user' }).opts<FolderFlags>();
}

test('options are read, and can be given to another command line as they were', () => {
  const args = [
    '--exclude',
    '*.log',
    '--exclude=-x',
    '--exclude',
    '!keep',
    '--only',
    'a b/c',
    '--max-size',
    '2G',
  ];
  const flags = parse([...args, '--limit-up', '500k', '--hours', '22:00-06:00', '--parallel', '4']);
  expect(flags).toEqual({
    exclude: ['*.log', '-x', '!keep'],
    only: ['a b/c'],
    maxSize: 2_000_000_000,
    limitUp: 500_000,
    hours: '22:00-06:00',
    parallel: 4,
  });
  expect(parse(folderArgs(flags))).toEqual(flags);
  expect(folderArgs({})).toEqual([]);
});

test.each([
  ['--exclude', '#x', 'is a comment'],
  ['--exclude', 'x\\', 'ends in a backslash'],
  ['--exclude', '[x', 'a bracket that is not closed'],
  ['--exclude', ' ', 'names nothing'],
  ['--max-size', '20X', 'a number of bytes above 0'],
  ['--limit-up', '9k', 'at least 10k'],
  ['--limit-up', 'none', 'a number of bytes above 0'],
  ['--hours', '22-6', 'a part of the day'],
  ['--parallel', '0', 'a whole number from 1 to 16'],
])('%s %j is refused: %s', (flag, value, words) => {
  expect(() => parse([flag, value])).toThrow(words);
});
