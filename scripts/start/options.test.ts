import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';
import { StartError } from './start-error.ts';

test('serves without any option', () => {
  expect(parseOptions([])).toEqual({ help: false, watch: null });
});

test('takes the folder to watch in both spellings', () => {
  expect(parseOptions(['--watch', '../my files'])).toEqual({ help: false, watch: '../my files' });
  expect(parseOptions(['--watch=../my files'])).toEqual({ help: false, watch: '../my files' });
});

test.for([
  ['--watch'],
  ['--watch', ''],
  ['--watch', '--help'],
  ['--watch', 'a', '--watch', 'b'],
  ['--wacth', 'a'],
  // "npm start --watch a": npm keeps the flag and passes the rest.
  ['a'],
])('refuses %j, and says how it should look', (args) => {
  expect(() => parseOptions(args)).toThrow(StartError);
  expect(() => parseOptions(args)).toThrow('Use: npm start -- [--watch FOLDER]');
});
