import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';
import { StartError } from './start-error.ts';

test('serves without any option', () => {
  expect(parseOptions([])).toEqual({ help: false, watch: null, to: null });
});

test('takes the folder to watch in both spellings', () => {
  const watching = { help: false, watch: '../my files', to: null };
  expect(parseOptions(['--watch', '../my files'])).toEqual(watching);
  expect(parseOptions(['--watch=../my files'])).toEqual(watching);
  expect(parseOptions(['--watch', '../my files', '--to', 'mine'])).toEqual({ ...watching, to: 'mine' });
});

test.for([
  ['--watch'],
  ['--watch', ''],
  ['--watch', '--help'],
  ['--watch', 'a', '--watch', 'b'],
  ['--watch', 'a', '--to', ''],
  ['--to', 'b'],
  ['--wacth', 'a'],
  // "npm start --watch a": npm keeps the flag and passes the rest.
  ['a'],
])('refuses %j, and says how it should look', (args) => {
  expect(() => parseOptions(args)).toThrow(StartError);
  expect(() => parseOptions(args)).toThrow('Use: npm start -- [--watch FOLDER [--to PREFIX]]');
});
