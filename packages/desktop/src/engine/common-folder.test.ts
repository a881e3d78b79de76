import { sep } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonFolder } from './common-folder.ts';
import { placeBelow } from './place-below.ts';

test.each([
  [['a.txt'], ''],
  [['trip/photos/a.jpg'], 'trip/photos/'],
  [['trip/photos/a.jpg', 'trip/photos/b.jpg'], 'trip/photos/'],
  [['trip/photos/a.jpg', 'trip/docs/a.jpg'], 'trip/'],
  [['trip/photos/a.jpg', 'trip/a.jpg'], 'trip/'],
  [['trip/a.jpg', 'trip/photos/a.jpg'], 'trip/'],
  // Of names only whole ones count.
  [['trip/photo/a.jpg', 'trip/photos/a.jpg'], 'trip/'],
  [['photos/a.jpg', 'docs/a.jpg'], ''],
  [['a.jpg', 'docs/a.jpg'], ''],
  [[], ''],
])('files keep their folders from the deepest that all of them lie in: %j', (paths, folder) => {
  expect(commonFolder(paths)).toBe(folder);
});

test('S9: whatever paths a server says, what is not refused lies below the folder that was chosen', () => {
  const part = fc.constantFrom('..', '.', '', 'a', 'b');
  const path = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.array(path, { minLength: 1, maxLength: 4 }), (paths) => {
      const common = commonFolder(paths);
      for (const each of paths) {
        expect(each.startsWith(common)).toBe(true);
        let local: string;
        try {
          local = placeBelow('/here/it/is', each.slice(common.length), 'linux');
        } catch {
          continue;
        }
        expect(local.startsWith(['', 'here', 'it', 'is', ''].join(sep))).toBe(true);
      }
    }),
  );
});
