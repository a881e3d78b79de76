import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeBelow } from './place-below.ts';

test('what is no name on this system, or leads out of the folder, is refused in words that fit the window', () => {
  expect(placeBelow('/here', 'photos/a.jpg', 'linux')).toBe(join('/here', 'photos', 'a.jpg'));
  const words = 'This system takes no file of the name con/a.jpg: rename it first';
  expect(() => placeBelow('/here', 'con/a.jpg', 'win32')).toThrow(words);
  expect(() => placeBelow('/here', '../a.jpg', 'linux')).toThrow('rename it first');
});
