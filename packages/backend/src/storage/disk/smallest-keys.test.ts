import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSmallestKeys } from './smallest-keys.ts';

test('the first keys are those that sorting all of them would give', () => {
  const keys = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 200 });
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 20 }), (all, count) => {
      const smallest = createSmallestKeys(count);
      for (const key of all) smallest.add(key);
      // By UTF-16 code units, as `toSorted` does.
      expect(smallest.take()).toEqual(all.toSorted().slice(0, count));
    }),
  );
});

test.each([
  ['from the first to the last', 1],
  ['from the last to the first', -1],
])('of very many keys, %s, a few are held', (_, direction) => {
  const smallest = createSmallestKeys(10);
  let most = 0;
  for (let index = 0; index < 100_000; index += 1) {
    smallest.add(String(500_000 + direction * index));
    most = Math.max(most, smallest.held);
  }
  expect(most).toBeLessThanOrEqual(20);
});
