import { expect, test } from 'vitest';
import { MOST_IGNORED, withIgnored, withoutIgnored } from './ignored.ts';
import { settingsSchema } from './settings.ts';

const folderOf = (name: string, ...ignored: string[]) => ({
  path: `/home/ada/${name}`,
  prefix: name,
  ignored,
});

test('what is ignored in one folder is uploaded from another, and may be again', () => {
  const notes = { folder: '/home/ada/A', localPath: 'notes.txt' };
  const ignored = [folderOf('A', 'notes.txt'), folderOf('B')];
  expect(withIgnored([folderOf('A'), folderOf('B')], notes)).toEqual(ignored);
  expect(withIgnored(ignored, notes)).toEqual(ignored);
  expect(withoutIgnored(ignored, notes)).toEqual([folderOf('A'), folderOf('B')]);
});

test('there is room for so many and no more', () => {
  const full = folderOf('A', ...Array.from({ length: MOST_IGNORED }, (_, index) => `${index}`));
  expect(withIgnored([full], { folder: full.path, localPath: 'one more' })).toBeNull();
});

test('folders of an earlier version ignore nothing', () => {
  const { folders } = settingsSchema.parse({ folders: [{ path: '/home/ada/A', prefix: 'A' }] });
  expect(folders).toEqual([folderOf('A')]);
});
