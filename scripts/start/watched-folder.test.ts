import { expect, test } from 'vitest';
import { checkApart } from './watched-folder.ts';

test.for([
  ['/home/ada', '/home/ada/.instashare'],
  ['/home/ada/.instashare/objects', '/home/ada/.instashare'],
  ['/home/ada', '/home/ada'],
  ['/home/ada', '/home/ada/..data'],
  ['/home/ada/..files', '/home/ada'],
  ['/', '/home/ada'],
])('refuses to watch %s with the data in %s', ([folder, dataDir]) => {
  expect(() => checkApart(folder ?? '', dataDir ?? '')).toThrow('lie one in the other');
});

test('a folder whose name only begins with the same letters is another', () => {
  expect(() => checkApart('/home/ada/.insta', '/home/ada/.instashare')).not.toThrow();
});
