import { expect, test } from 'vitest';
import { createStoredWorld, whileWatching } from '../../test/support/memory-world.ts';

const RULES = '.instashareignore';
const LARGE_BYTES = 2 * 1024 * 1024;

test('rules that are written anew are not taken for gone while the file is empty, or half of it is there', async () => {
  const world = await createStoredWorld({
    [RULES]: '*.key\nsecret/\n',
    a: 'A',
    'x.key': 'K',
    'secret/s': 'S',
  });
  await whileWatching(world, async () => {
    world.files.write(RULES, '');
    world.hint(RULES);
    await world.clock.advance(2_000);
    world.files.write(RULES, '*.tmp\n');
    world.hint(RULES, 'a');
    await world.clock.advance(2_000);
    world.files.write(RULES, '*.tmp\n*.key\nsecret/\n');
    world.hint(RULES);
    await world.clock.advance(60_000);
    world.files.write('x.tmp', 'T');
    world.hint('x.tmp');
    await world.clock.advance(10_000);
  });
  expect(world.remote.versions.filter((version) => /^(x|secret)/.test(version))).toEqual([]);
  expect(world.remote.current()[RULES]).toBe('*.tmp\n*.key\nsecret/\n');
});

test('rules that are taken away are gone when they have been for a while', async () => {
  const world = await createStoredWorld({ [RULES]: '*.log\n', a: 'A', 'x.log': 'L' });
  await whileWatching(world, async () => {
    world.files.remove(RULES);
    world.hint(RULES);
    await world.clock.advance(30_000);
  });
  expect(world.remote.current()).toEqual({ a: 'A', 'x.log': 'L' });
});

test('rules that go with their folder have left alone what they say: it stays', async () => {
  const world = await createStoredWorld({ 'photos/one': '1', 'photos/two': '2', a: 'A' });
  world.files.write(`photos/${RULES}`, '*\n');
  await whileWatching(world, async (sync) => {
    world.files.remove('photos');
    world.hint(`photos/${RULES}`, 'photos/one', 'photos/two', 'photos');
    await world.clock.advance(10_000);
    await sync.control.rescan();
    await world.clock.advance(30_000);
  });
  expect(world.remote.current()).toEqual({ 'photos/one': '1', 'photos/two': '2', a: 'A' });
});

test('a large file goes on where it was when the rules could not be used for a moment', async () => {
  const world = await createStoredWorld({ [RULES]: '*.log\n' });
  await whileWatching(
    world,
    async () => {
      let isSpoilt = false;
      world.remote.onSent(async (path, sentBytes) => {
        if (path !== 'large' || isSpoilt || sentBytes < LARGE_BYTES / 2) return;
        isSpoilt = true;
        world.files.write(RULES, '[a\n');
        world.hint(RULES);
        await world.clock.settle();
        world.files.write(RULES, '*.log\n');
      });
      world.files.write('large', 'l'.repeat(LARGE_BYTES));
      world.hint('large');
      await world.clock.advance(120_000);
    },
    400_000,
  );
  expect(world.remote.cancelled).toEqual([]);
  expect(world.remote.current()).toMatchObject({ large: 'l'.repeat(LARGE_BYTES) });
});
