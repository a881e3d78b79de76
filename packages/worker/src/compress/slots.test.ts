import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

test('hands out no more slots than there are, and then in the order of asking', async () => {
  const slots = createSlots(2);
  const first = await slots.take();
  const second = slots.tryTake();
  expect(second).not.toBeNull();
  expect(slots.tryTake()).toBeNull();

  const got: string[] = [];
  const third = slots.take().then((release) => {
    got.push('third');
    return release;
  });
  const fourth = slots.take().then((release) => {
    got.push('fourth');
    return release;
  });
  first();
  first();
  (await third)();
  (await fourth)();
  expect(got).toEqual(['third', 'fourth']);
  second?.();
  expect([slots.tryTake(), slots.tryTake(), slots.tryTake()].map((slot) => slot !== null)).toEqual([
    true,
    true,
    false,
  ]);
});
