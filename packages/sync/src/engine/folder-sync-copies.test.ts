import { expect, test } from 'vitest';
import { createStoredWorld, createWorld, manyFiles, whileWatching } from '../../test/support/memory-world.ts';

const LARGE_BYTES = 2 * 1024 * 1024;

test('a folder that is copied while it is watched sends no bytes, however large its files are', async () => {
  const large = 'l'.repeat(LARGE_BYTES);
  const world = await createStoredWorld({ ...manyFiles(50, 'from'), 'from/large': large, other: 'O' });
  const sentBefore = world.remote.sentBytes;
  await whileWatching(world, async () => {
    for (const [path, content] of Object.entries({ ...manyFiles(50, 'from'), 'from/large': large })) {
      world.files.write(path.replace('from', 'copy'), content);
    }
    world.hint('copy');
    await world.clock.advance(10_000);
  });
  expect(world.remote.current()).toEqual(world.files.contents());
  expect(world.remote.sentBytes - sentBefore).toBe(0);
});

test('of a copy beside new files only these are sent', async () => {
  const world = createWorld();
  world.files.write('a', 'stored already');
  await whileWatching(world, async () => {
    const sentBefore = world.remote.sentBytes;
    world.files.write('copy', 'stored already');
    world.files.write('new', 'new');
    world.hint('copy', 'new');
    await world.clock.advance(5_000);
    expect(world.remote.sentBytes - sentBefore).toBe('new'.length);
  });
  expect(world.remote.current()['copy']).toBe('stored already');
});

test('new files cost no question: one request as before', async () => {
  const world = await createStoredWorld({ a: 'A' });
  await whileWatching(world, async () => {
    const callsBefore = world.remote.calls;
    world.files.write('new', 'of the size of none, or the same: B');
    world.files.write('same size', 'B');
    world.hint('new', 'same size');
    await world.clock.advance(5_000);
    expect(world.remote.calls - callsBefore).toBe(1);
  });
});
