import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachAtOnce } from './each-at-once.ts';

test('each is done once, a few at a time', async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await eachAtOnce(
    Array.from({ length: 50 }, (_, index) => index),
    async (item) => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
      done.push(item);
    },
  );
  expect(done).toHaveLength(50);
  expect(new Set(done).size).toBe(50);
  expect(most).toBe(6);
});

test('after the first that fails none is begun, and those that run are waited for', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const all = eachAtOnce([1, 2, 3, 4, 5, 6, 7, 8, 9], async (item) => {
    begun.push(item);
    if (item === 2) throw new Error('the second');
    await turn();
    ended.push(item);
  });
  await expect(all).rejects.toThrow('the second');
  expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
  expect(ended).toEqual([1, 3, 4, 5, 6]);
});
