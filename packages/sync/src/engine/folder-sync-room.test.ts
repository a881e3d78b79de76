import { expect, test } from 'vitest';
import { createWorld } from '../../test/support/memory-world.ts';

const MAX_PENDING = 100;

test('C8: a scan far ahead of the uploads waits for them, and all arrives', async () => {
  const world = createWorld();
  for (let index = 0; index < 1_000; index += 1) world.files.write(`many/f${index}`, String(index));
  await world.clock.advance(5_000);
  world.remote.takes(1_000);
  await using sync = world.engine({ mode: 'once', maxPending: MAX_PENDING });
  const ran = Promise.all([sync.start(), sync.finished]);
  await world.clock.advance(500);
  expect(sync.status().totalFiles).toBeLessThan(2 * MAX_PENDING);
  expect(sync.status().phase).toBe('scanning');
  world.remote.takes(0);
  await world.clock.advance(60_000);
  await ran;
  expect(world.remote.current()).toEqual(world.files.contents());
  expect(world.eventsOf('scanned')).toMatchObject([{ files: 1_000 }]);
});

test('C8: what somebody just saved does not wait behind such a scan', async () => {
  const world = createWorld();
  for (let index = 0; index < 1_000; index += 1) world.files.write(`many/f${index}`, String(index));
  await world.clock.advance(5_000);
  world.remote.takes(1_000);
  const sync = world.engine({ maxPending: MAX_PENDING, limits: { small: 1, large: 1 } });
  const started = sync.start().catch((error: unknown) => error);
  await world.clock.advance(500);
  world.files.write('saved', 'S');
  world.hint('saved');
  await world.clock.advance(5_000);
  expect(world.remote.current()['saved']).toBe('S');
  await world.stop(sync);
  expect(await started).toMatchObject({ name: 'AbortError' });
});

test('C8: a single run is given up while its scan waits', async () => {
  const world = createWorld();
  for (let index = 0; index < 1_000; index += 1) world.files.write(`f${index}`, String(index));
  world.remote.failAll('network');
  await using sync = world.engine({ mode: 'once', maxPending: MAX_PENDING });
  const ran = Promise.all([sync.start(), sync.finished]);
  ran.catch(() => undefined);
  await world.clock.advance(100_000);
  await expect(ran).rejects.toMatchObject({ code: 'network' });
});

test('C6: files that fail again and again, however many, do not keep the scan from the others', async () => {
  const world = createWorld();
  for (let index = 0; index < 2 * MAX_PENDING; index += 1) {
    world.files.write(`failing/f${index}`, String(index));
    world.remote.failPath(`failing/f${index}`, 'internal_error');
  }
  for (let index = 0; index < 2 * MAX_PENDING; index += 1) world.files.write(`sound/f${index}`, 'S');
  await world.clock.advance(5_000);
  const sync = world.engine({ maxPending: MAX_PENDING });
  const started = sync.start();
  await world.clock.advance(60_000);
  await started;
  expect(Object.keys(world.remote.current())).toHaveLength(2 * MAX_PENDING);
  await world.stop(sync);
});
