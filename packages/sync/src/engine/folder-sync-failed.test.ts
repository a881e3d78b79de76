import { expect, test } from 'vitest';
import { createWorld, type World, whileWatching } from '../../test/support/memory-world.ts';

const SCAN_MS = 400_000;

test('a file that the server found damaged is sent again by the next run', async () => {
  const world = createWorld();
  world.files.write('good', 'good');
  world.files.write('torn', 'whole');
  await world.clock.advance(5_000);
  await world.uploadOnce();
  world.remote.damage('torn');
  await world.uploadOnce();
  expect(world.remote.versions).toEqual(['good=good', 'torn=whole', 'torn=whole']);
  await world.uploadOnce();
  expect(world.remote.versions).toHaveLength(3);
});

test('one that watches finds out by itself', async () => {
  const world = createWorld();
  world.files.write('torn', 'whole');
  await world.clock.advance(5_000);
  await whileWatching(
    world,
    async () => {
      await world.clock.advance(5_000);
      world.remote.damage('torn');
    },
    SCAN_MS,
  );
  expect(world.remote.versions).toEqual(['torn=whole', 'torn=whole']);
});

test('what is damaged again and again is sent three times more, not for ever', async () => {
  const world = createWorld();
  world.files.write('torn', 'whole');
  await world.clock.advance(5_000);
  await whileWatching(world, async () => {
    for (let round = 0; round < 8; round += 1) {
      world.remote.damage('torn');
      await world.clock.advance(SCAN_MS);
    }
  });
  expect(world.remote.versions).toHaveLength(4);
});

test('what this folder has changed since is sent as it is now, once', async () => {
  const world = createWorld();
  world.files.write('mine', 'one');
  await world.clock.advance(5_000);
  await world.uploadOnce();
  world.remote.damage('mine');
  world.files.write('mine', 'two');
  await world.clock.advance(5_000);
  await world.uploadOnce();
  expect(world.remote.versions).toEqual(['mine=one', 'mine=two']);
});

/** How long a scan waits for a server that does not answer. */
async function waitForScan(world: World): Promise<number> {
  world.remote.hangFrom(0);
  world.events.length = 0;
  const startedAtMs = world.clock.now().monotonicMs;
  const started = world.engine().start();
  await world.clock.until(() => world.eventsOf('scanned').length > 0);
  await started;
  return world.clock.now().monotonicMs - startedAtMs;
}

test('a server that does not answer does not keep a scan from starting', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  await world.clock.advance(5_000);
  await world.uploadOnce();
  world.files.write('b', 'B');
  expect(await waitForScan(world)).toBe(5_000);
});

test('where nothing is known to be stored, nothing is asked before the scan', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  expect(await waitForScan(world)).toBe(0);
});
