import { expect, test } from 'vitest';
import { createStoredWorld, manyFiles, type World } from '../../test/support/memory-world.ts';

const movesOf = (world: World) => world.eventsOf('moved').length;

test('C11: a folder of more files than are kept in memory is moved all the same, and none of it is taken to be gone', async () => {
  const world = await createStoredWorld({ ...manyFiles(2_500, 'old'), other: 'O' });
  const { sentBytes } = world.remote;
  await using sync = world.engine({ maxPending: 300 });
  const started = sync.start();
  await world.clock.until(() => world.eventsOf('up_to_date').length > 0);
  await started;
  world.files.rename('old', 'new');
  world.hint('old', 'new');
  // Longer than what is gone rests, and than any of it is looked for.
  await world.clock.advance(5_000);
  const soon = movesOf(world);
  await world.clock.advance(30_000);
  expect([soon < 2_500, movesOf(world)]).toEqual([true, 2_500]);
  expect(world.remote.current()).toEqual(world.files.contents());
  expect([world.remote.sentBytes - sentBytes, world.remote.trash()]).toEqual([0, {}]);
  expect(world.eventsOf('deletions_held')).toEqual([]);
});

test('C11: a folder is at the place of a file that is moved, with more files than are kept in memory', async () => {
  const world = await createStoredWorld({ ...manyFiles(500, 'old'), a: 'A', other: 'O' });
  await using sync = world.engine({ maxPending: 100 });
  const started = sync.start();
  await world.clock.until(() => world.eventsOf('up_to_date').length > 0);
  await started;
  world.files.rename('a', 'b');
  world.files.rename('old', 'a');
  world.hint('b', 'a', 'old');
  await world.clock.advance(60_000);
  expect(world.remote.current()).toEqual(world.files.contents());
  expect([movesOf(world), world.remote.trash()]).toEqual([501, {}]);
});
