import { expect, test } from 'vitest';
import { createWorld, whileWatching } from '../../test/support/memory-world.ts';

test.each([
  ['network', 'offline'],
  ['storage_full', 'storage_full'],
  ['quota_exceeded', 'quota'],
  ['rate_limited', 'busy'],
  ['session_ended', 'logged_out'],
] as const)('C14: %s pauses everything with one message, and it goes on by itself', async (code, reason) => {
  const world = createWorld();
  await whileWatching(
    world,
    async () => {
      world.remote.failAll(code);
      for (let index = 0; index < 100; index += 1) world.files.write(`f${index}`, String(index));
      world.hint(...Array.from({ length: 100 }, (_, index) => `f${index}`));
      await world.clock.advance(10_000);
      expect(world.eventsOf('waiting')[0]).toMatchObject({ reason });
      // One try at a time, further and further apart: not a hundred failures.
      expect(world.remote.calls).toBeLessThan(40);
      world.remote.failAll(null);
    },
    1_000_000,
  );
  expect(Object.keys(world.remote.current())).toHaveLength(100);
  expect(world.eventsOf('problem')).toEqual([]);
  expect(world.eventsOf('resumed')).toHaveLength(1);
});
