import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { forEachAtOnce } from './for-each-at-once.ts';

test('works on all of them, on so many at a time', async () => {
  const done: number[] = [];
  let [now, most] = [0, 0];
  await forEachAtOnce([1, 2, 3, 4, 5], 2, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await turn();
    done.push(item);
    now -= 1;
  });
  expect({ done, most }).toEqual({ done: [1, 2, 3, 4, 5], most: 2 });
});

test('begins none after one has failed', async () => {
  const begun: number[] = [];
  const working = forEachAtOnce([1, 2, 3, 4, 5, 6], 2, async (item) => {
    begun.push(item);
    await turn();
    if (item === 1) throw new Error('no');
  });
  await expect(working).rejects.toThrow('no');
  for (let count = 0; count < 5; count += 1) await turn();
  expect(begun).toEqual([1, 2]);
});
