import { InstashareError } from '@instashare/client/node';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { createBatches } from './batches.ts';
import { createGate } from './gate.ts';

/** Batches whose work fails for all as long as `isOffline`; what was worked on, in order. */
function setUp() {
  const clock = createFakeClock();
  const state = { isOffline: true };
  const done: string[][] = [];
  const gate = createGate({ clock, random: () => 0.5, onOpen: () => batches.pump(), onWaiting: () => {} });
  const batches = createBatches<string>({
    clock,
    gate,
    random: () => 0.5,
    classOf: () => 'global',
    maxFailures: 5,
    onGivenUp: () => {},
    onSettled: () => {},
    async work(items, ticket) {
      const { promise, resolve } = Promise.withResolvers<void>();
      clock.after(500, resolve);
      await promise;
      if (state.isOffline) throw new InstashareError('network', 'told to be offline');
      done.push([...items]);
      gate.passed(ticket);
      return { items: [], restMs: 0 };
    },
  });
  return { batches, clock, done, state };
}

test('what rests anew while it is worked on rests to the end, though that work fails for all', async () => {
  const { batches, clock, done, state } = setUp();
  batches.addAll(['a', 'b'], 100);
  await clock.advance(300);
  batches.add('a', 60_000);
  await clock.advance(1_000);
  state.isOffline = false;
  await clock.advance(40_000);
  expect([done, batches.size]).toEqual([[['b']], 1]);
  await clock.advance(40_000);
  expect([done, batches.size]).toEqual([[['b'], ['a']], 0]);
});

test('what is deleted is not worked on, and one that is being worked on is done with', async () => {
  const { batches, clock, done, state } = setUp();
  state.isOffline = false;
  batches.addAll(['a', 'b', 'c'], 100);
  batches.delete('a');
  await clock.advance(300);
  batches.delete('b');
  await clock.advance(1_000);
  expect([done, batches.size]).toEqual([[['b', 'c']], 0]);
});
