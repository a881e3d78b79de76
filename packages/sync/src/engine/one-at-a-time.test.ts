import { setImmediate as tick } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

test('asked for while it runs, it runs once more, and never two at once', async () => {
  let begun = 0;
  let running = 0;
  let most = 0;
  const run = oneAtATime(async () => {
    begun += 1;
    running += 1;
    most = Math.max(most, running);
    await tick();
    running -= 1;
    if (begun === 1) throw new Error('the first');
  });
  const first = run();
  const others = [run(), run(), run()];
  await expect(first).rejects.toThrow('the first');
  await Promise.all(others);
  expect([begun, most]).toEqual([2, 1]);
  await run();
  expect(begun).toBe(3);
});
