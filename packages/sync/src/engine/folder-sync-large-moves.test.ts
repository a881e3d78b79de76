import { expect, test } from 'vitest';
import { createStoredWorld, manyFiles, type World } from '../../test/support/memory-world.ts';
import type { FolderSync } from './folder-sync.ts';

const movesOf = (world: World) => world.eventsOf('moved').length;

/** An engine that keeps few files in memory, when it has caught up. */
async function caughtUp(world: World, maxPending: number): Promise<FolderSync> {
  const sync = world.engine({ maxPending });
  const before = world.eventsOf('up_to_date').length;
  const started = sync.start();
  await world.clock.until(() => world.eventsOf('up_to_date').length > before);
  await started;
  return sync;
}

function writeMany(world: World, count: number, folder: string): string[] {
  const contents = Object.entries(manyFiles(count, folder));
  for (const [path, content] of contents) world.files.write(path, content);
  return contents.map(([path]) => path);
}

test('C11: a folder of more files than are kept in memory is moved all the same, and none of it is taken to be gone', async () => {
  const world = await createStoredWorld({ ...manyFiles(2_500, 'old'), other: 'O' });
  const { sentBytes } = world.remote;
  await using sync = await caughtUp(world, 300);
  world.files.rename('old', 'new');
  world.hint('old', 'new');
  // Longer than what is gone rests.
  await world.clock.advance(5_000);
  const soon = movesOf(world);
  await world.clock.advance(30_000);
  expect([soon < 2_500, movesOf(world)]).toEqual([true, 2_500]);
  expect(world.remote.current()).toEqual(world.files.contents());
  expect([world.remote.sentBytes - sentBytes, world.remote.trash()]).toEqual([0, {}]);
  expect([world.eventsOf('deletions_held'), sync.problems()]).toEqual([[], []]);
});

test('C11: and by a single run', async () => {
  const world = await createStoredWorld({ ...manyFiles(1_000, 'old'), other: 'O' });
  world.files.rename('old', 'new');
  await world.run({ maxPending: 100 });
  expect([movesOf(world), world.remote.trash()]).toEqual([1_000, {}]);
  expect(world.remote.current()).toEqual(world.files.contents());
});

test('C11: a folder is at the place of a file that is moved, with more files than are kept in memory', async () => {
  const world = await createStoredWorld({ ...manyFiles(500, 'old'), a: 'A', other: 'O' });
  await using sync = await caughtUp(world, 100);
  world.files.rename('a', 'b');
  world.files.rename('old', 'a');
  world.hint('b', 'a', 'old');
  await world.clock.advance(60_000);
  expect(world.remote.current()).toEqual(world.files.contents());
  expect([movesOf(world), world.remote.trash(), sync.problems()]).toEqual([501, {}, []]);
});

test('C14: what is deleted to make room is deleted, while more new files than are kept in memory wait for it', async () => {
  const world = await createStoredWorld({ large: 'L', ...manyFiles(50, 'kept') });
  await using sync = await caughtUp(world, 20);
  const paths = writeMany(world, 100, 'new');
  for (const path of paths) world.remote.failPath(path, 'quota_exceeded');
  world.hint('new');
  await world.clock.advance(5_000);
  expect(sync.status().phase).not.toBe('up_to_date');
  world.files.remove('large');
  world.hint('large');
  await world.clock.until(() => 'large' in world.remote.trash());
  for (const path of paths) world.remote.failPath(path, null);
  const before = world.eventsOf('up_to_date').length;
  await world.clock.until(() => world.eventsOf('up_to_date').length > before);
  expect(world.remote.current()).toEqual(world.files.contents());
});

test('C8: what is deleted does not wait until more new files than are kept in memory are uploaded', async () => {
  const world = await createStoredWorld({ secret: 'S', ...manyFiles(50, 'kept') });
  await using sync = await caughtUp(world, 20);
  writeMany(world, 100, 'new');
  const line = Promise.withResolvers<void>();
  world.remote.onSent(() => line.promise);
  world.hint('new');
  await world.clock.advance(1_000);
  world.files.remove('secret');
  world.hint('secret');
  await world.clock.advance(10_000);
  expect(world.remote.trash()).toEqual({ secret: 'S' });
  line.resolve();
  await world.clock.until(() => Object.keys(world.remote.current()).length === 150);
  expect(sync.problems()).toEqual([]);
  expect(world.remote.current()).toEqual(world.files.contents());
});

test('C11: what was moved into a folder that the first scan has not come to is no deletion', async () => {
  const world = await createStoredWorld({
    ...manyFiles(30, 'from'),
    'to/other': 'O',
    ...manyFiles(100, 'kept'),
  });
  world.files.listTakes(2_000);
  await using sync = world.engine();
  const started = sync.start();
  await world.clock.advance(1_000);
  world.files.rename('from', 'to/from');
  // Nothing tells of the new place, which nobody watches yet.
  world.hint('from');
  await world.clock.advance(60_000);
  await started;
  expect([movesOf(world), world.remote.trash()]).toEqual([30, {}]);
});

test.each([
  ['the file', 'folder/b'],
  ['its folder', 'folder'],
])(
  'C11: %s that is deleted while it is being moved there is gone soon after, without a scan',
  async (_what, place) => {
    const world = await createStoredWorld({ a: 'A', 'folder/other': 'F', ...manyFiles(30, 'kept') });
    await using sync = await caughtUp(world, 100);
    world.files.rename('a', 'folder/b');
    world.hint('a', 'folder/b');
    world.remote.onChange(async (what, when) => {
      if (what !== 'move' || when === 'after') return;
      world.remote.onChange(null);
      world.files.remove(place);
      world.hint(place);
      // The answer comes after that has been looked at.
      const { promise, resolve } = Promise.withResolvers<void>();
      world.clock.after(1_000, resolve);
      await promise;
    });
    await world.clock.advance(20_000);
    expect(movesOf(world)).toBe(1);
    expect(world.remote.current()).toEqual(world.files.contents());
    expect(sync.status().phase).toBe('up_to_date');
  },
);

test('C14: nor does a file that may have been moved keep a deletion from making room', async () => {
  const world = await createStoredWorld({ a: 'A', large: 'L', ...manyFiles(50, 'kept') });
  await using sync = await caughtUp(world, 100);
  world.remote.failPath('a', 'quota_exceeded');
  world.files.write('a', 'more than there is room for');
  world.hint('a');
  await world.clock.advance(2_000);
  // Whether it is a name of its own is not known before the other one is stored.
  world.files.link('a', 'b');
  world.hint('a', 'b');
  await world.clock.advance(2_000);
  world.files.remove('large');
  world.hint('large');
  await world.clock.until(() => 'large' in world.remote.trash());
  expect(sync.status().phase).toBe('waiting');
});
