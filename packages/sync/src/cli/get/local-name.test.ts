import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { localPathIn } from './local-name.ts';

test.each(['../up', 'a/../../up', '/etc/passwd', 'a//b', './a', '..', '', 'a/\u0000', 'two\nlines'])(
  'S9: nothing that a server says leads out of the folder: %j',
  (path) => {
    expect(() => localPathIn('/here', path, 'linux')).toThrow(/can't be a file here/);
  },
);

test('S9: whatever the path, what is not refused lies below the folder', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('..', '.', '', '\\', 'a'))), (parts) => {
      let local: string;
      try {
        local = localPathIn('/here/it/is', parts.join('/'), 'linux');
      } catch {
        return;
      }
      expect(local.startsWith('/here/it/is/')).toBe(true);
    }),
  );
});

test('C5: names that Windows refuses are refused there, and fine elsewhere', () => {
  for (const path of ['a:b', 'what?', 'dot.', 'space ', 'in/con', 'NUL.txt', 'com1.log', String.raw`a\b`]) {
    expect(() => localPathIn('/here', path, 'win32'), path).toThrow(/Windows/);
    expect(localPathIn('/here', path, 'linux')).toBe(join('/here', path));
  }
  expect(localPathIn('/here', 'console/null.txt', 'win32')).toBe(join('/here', 'console/null.txt'));
});
