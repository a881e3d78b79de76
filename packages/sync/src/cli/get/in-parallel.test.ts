import { setImmediate as tick } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inParallel } from './in-parallel.ts';

async function* numbers(count: number, onAsked: () => void = () => {}): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) {
    onAsked();
    yield number;
  }
}

test('works on so many at once, each once, and asks for no more than it has hands for', async () => {
  const done: number[] = [];
  let asked = 0;
  let most = 0;
  const { signal } = new AbortController();
  await inParallel(
    numbers(50, () => (asked += 1)),
    { limit: 4, signal },
    async (number) => {
      most = Math.max(most, asked - done.length);
      await tick();
      done.push(number);
    },
  );
  expect(done.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(most).toBe(4);
});

test('a failure aborts the others, and comes out when they have ended', async () => {
  const { signal } = new AbortController();
  let aborted = 0;
  const run = inParallel(numbers(50), { limit: 3, signal }, async (number, inner) => {
    if (number === 2) throw new Error('two');
    while (!inner.aborted) await tick();
    await tick();
    aborted += 1;
    throw new Error('aborted');
  });
  await expect(run).rejects.toThrow('two');
  expect(aborted).toBe(2);
});

test('an abort from outside comes out as such', async () => {
  const controller = new AbortController();
  const run = inParallel(numbers(5), { limit: 2, signal: controller.signal }, async () => {
    controller.abort(new Error('stopped'));
    await tick();
  });
  await expect(run).rejects.toThrow('stopped');
});
