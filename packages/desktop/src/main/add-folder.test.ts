import { expect, test } from 'vitest';
import { placeFolder } from './add-folder.ts';

const PHOTOS = { path: '/home/ada/Photos', prefix: 'Photos', ignored: [] };

test('a folder becomes one of its own name', () => {
  expect(placeFolder([], '/home/ada/Photos')).toEqual([PHOTOS]);
});

test('of two with one name the second gets a free one', () => {
  expect(placeFolder([PHOTOS], '/media/disk/Photos')).toEqual([
    PHOTOS,
    { path: '/media/disk/Photos', prefix: 'Photos (2)', ignored: [] },
  ]);
});

test('chosen twice it is there once', () => {
  expect(placeFolder([PHOTOS], '/home/ada/Photos')).toEqual([PHOTOS]);
});

test.each(['/home/ada', '/home/ada/Photos/2026', '/'])('%s overlaps and is refused', (path) => {
  expect(() => placeFolder([PHOTOS], path)).toThrow('uploaded twice');
});

test('a name that begins alike is no overlap', () => {
  expect(placeFolder([PHOTOS], '/home/ada/Photos of 2025')).toHaveLength(2);
});
