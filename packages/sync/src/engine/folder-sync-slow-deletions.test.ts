import { expect, test } from 'vitest';
import { createStoredWorld, manyFiles, whileWatching } from '../../test/support/memory-world.ts';

const count = (files: Record<string, string>) => Object.keys(files).length;

test('what is deleted bit by bit, but in one go, counts together', async () => {
  const world = await createStoredWorld(manyFiles(100));
  await whileWatching(
    world,
    async () => {
      for (let index = 0; index < 100; index += 1) {
        world.files.remove(`many/f${index}`);
        world.hint(`many/f${index}`);
        await world.clock.advance(1_000);
      }
    },
    10_000,
  );
  expect(count(world.remote.current())).toBeGreaterThanOrEqual(45);
});

test.each([
  { perSecond: 50, held: 100 },
  { perSecond: 10, held: 100 },
  // Not before some twenty are gone does it look like one of those.
  { perSecond: 2, held: 80 },
])(
  'C15: of a folder that a command deletes slowly, $perSecond files a second, $held of 100 and more are held back',
  async ({ perSecond, held }) => {
    const world = await createStoredWorld({ ...manyFiles(100), ...manyFiles(30, 'stay') });
    await whileWatching(world, async (sync) => {
      for (let index = 0; index < 100; index += 1) {
        world.files.remove(`many/f${index}`);
        world.hint(`many/f${index}`);
        await world.clock.advance(1_000 / perSecond);
      }
      await world.clock.advance(10_000);
      expect(sync.status().heldDeletions).toBeGreaterThanOrEqual(held);
      expect(count(world.remote.current())).toBe(30 + sync.status().heldDeletions);
    });
  },
);

test('C15: what takes longer than ten minutes counts as a whole as well', async () => {
  const world = await createStoredWorld(manyFiles(1_000));
  await whileWatching(world, async (sync) => {
    for (let index = 0; index < 1_000; index += 1) {
      world.files.remove(`many/f${index}`);
      world.hint(`many/f${index}`);
      await world.clock.advance(1_000);
    }
    await world.clock.advance(10_000);
    expect(sync.status().heldDeletions).toBeGreaterThanOrEqual(980);
    expect(count(world.remote.current())).toBe(sync.status().heldDeletions);
  });
});

test('a file that comes and goes all the time keeps no others from being deleted', async () => {
  const world = await createStoredWorld({ ...manyFiles(30), ...manyFiles(100, 'stay'), journal: 'J' });
  await whileWatching(world, async () => {
    world.files.remove('many');
    world.hint('many');
    for (let second = 0; second < 20; second += 1) {
      if (second % 2 === 0) world.files.remove('journal');
      else world.files.write('journal', 'J');
      world.hint('journal');
      await world.clock.advance(1_000);
    }
    expect(Object.keys(world.remote.current()).filter((path) => path.startsWith('many'))).toEqual([]);
  });
});

test('deletions that go on and on, as by a program that tidies up, wait for ten minutes at most', async () => {
  const world = await createStoredWorld({ ...manyFiles(700), ...manyFiles(900, 'stay') });
  await whileWatching(world, async () => {
    for (let index = 0; index < 700; index += 1) {
      world.files.remove(`many/f${index}`);
      world.hint(`many/f${index}`);
      await world.clock.advance(1_000);
    }
    expect(count(world.remote.current())).toBeLessThan(1_600 - 90);
    await world.clock.advance(10_000);
  });
  expect(world.remote.current()).toEqual(world.files.contents());
});
