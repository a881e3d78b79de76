import { array, assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { createPathSet } from './path-set.ts';

test('it has what was added, and nothing else that is likely to be asked for', () => {
  const set = createPathSet(1);
  const pathOf = (index: number) => `folder ${index % 97}/file ${index}.txt`;
  for (let index = 0; index < 50_000; index += 1) set.add(pathOf(index));
  const found = Array.from({ length: 100_000 }, (_, index) => set.has(pathOf(index)));
  expect(found.indexOf(false)).toBe(50_000);
  expect(found.lastIndexOf(true)).toBe(49_999);
  expect(set.size).toBe(50_000);
});

test('it never lacks what was added, whatever was asked meanwhile', () => {
  assert(
    property(array(string({ unit: 'binary', maxLength: 40 }), { maxLength: 100 }), (paths) => {
      const set = createPathSet(7);
      for (const path of paths) {
        set.has(path);
        set.add(path);
      }
      expect(paths.every((path) => set.has(path))).toBe(true);
    }),
  );
});
