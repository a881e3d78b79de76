import { expect, test } from 'vitest';
import { watchServer } from './server-watch.ts';

test('C19: a server that stops answering is noticed, and so is its return, once', async () => {
  let isThere = true;
  let backs = 0;
  using watch = watchServer({
    ask: () => (isThere ? Promise.resolve() : Promise.reject(new Error('nobody there'))),
    onBack: () => {
      backs += 1;
    },
    everyMs: 1,
    everyMsWhileAway: 1,
  });
  expect(watch.failure).toBeNull();
  isThere = false;
  await expect.poll(() => watch.failure, { interval: 1 }).toBe('nobody there');
  expect(backs).toBe(0);
  isThere = true;
  await expect.poll(() => [watch.failure, backs], { interval: 1 }).toEqual([null, 1]);
});
