import { expect, test } from 'vitest';
import { createWorld, type World, whileWatching } from '../../test/support/memory-world.ts';

const LARGE_BYTES = 2 * 1024 * 1024;

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

/** Sends half of a large file at once and the rest after `ms`. */
function sendSlowly(world: World, ms: number): void {
  world.remote.onSent(async (_path, sentBytes) => {
    if (sentBytes !== LARGE_BYTES / 2) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    world.clock.after(ms, resolve);
    await promise;
  });
}

test('after an outage, one large upload does not hold up the others until it is through', async () => {
  const world = createWorld();
  await whileWatching(world, async () => {
    world.remote.failAll('network');
    world.files.write('large', 'l'.repeat(LARGE_BYTES));
    world.hint('large');
    await world.clock.advance(5_000);
    sendSlowly(world, 3_600_000);
    world.remote.failAll(null);
    await world.clock.advance(60_000);
    world.files.write('small', 'S');
    world.hint('small');
    await world.clock.advance(5_000);
    expect(world.remote.current()).toEqual({ small: 'S' });
    expect(world.eventsOf('resumed')).toHaveLength(1);
    world.remote.onSent(null);
    await world.clock.advance(3_600_000);
  });
});

test('a single run does not give up while a large file is on its way after an outage', async () => {
  const world = createWorld();
  world.files.write('large', 'l'.repeat(LARGE_BYTES));
  world.remote.failAll('network');
  world.clock.after(5_000, () => world.remote.failAll(null));
  sendSlowly(world, 600_000);
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toEqual(['large']);
});

test.each([
  ['account', 'quota_exceeded'],
  ['store', 'storage_full'],
] as const)('C14: one file that is too large for the %s does not keep back the others', async (_, code) => {
  const world = createWorld();
  await whileWatching(world, async (sync) => {
    world.remote.failPath('large', code);
    world.files.write('large', 'l'.repeat(LARGE_BYTES));
    world.hint('large');
    await world.clock.advance(5_000);
    world.files.write('small', 'S');
    world.hint('small');
    await world.clock.advance(1_000);
    expect(world.remote.current()).toEqual({ small: 'S' });
    expect(world.eventsOf('waiting')).toEqual([]);
    expect(sync.problems()).toMatchObject([{ localPath: 'large', code }]);
    world.remote.failPath('large', null);
    await world.clock.advance(300_000);
    expect(Object.keys(world.remote.current())).toEqual(['small', 'large']);
    expect(sync.problems()).toEqual([]);
  });
});

/** Runs `change` while an upload of a large file is cut by an outage, which then ends. */
async function changeWhileCut(change: (world: World) => void): Promise<World> {
  const world = createWorld();
  await whileWatching(
    world,
    async () => {
      world.remote.onSent(() => world.remote.failAll('network'));
      world.files.write('large', 'l'.repeat(LARGE_BYTES));
      world.hint('large');
      await world.clock.advance(2_000);
      expect(world.env.state.openUploads()).toHaveLength(1);
      change(world);
      world.remote.onSent(null);
      world.remote.failAll(null);
      world.hint('large');
    },
    60_000,
  );
  return world;
}

test.each([
  ['is gone', (world: World) => world.files.remove('large')],
  ['has become small', (world: World) => world.files.write('large', 'small now')],
])('an upload that was cut is ended when its file %s', async (_what, change) => {
  const world = await changeWhileCut(change);
  expect(world.remote.cancelled).toHaveLength(1);
  expect(world.env.state.openUploads()).toEqual([]);
});

test('after a failure of the disk or of the log-in a large file goes on where it was', async () => {
  const world = createWorld();
  world.remote.onSent((_path, sentBytes) => {
    if (sentBytes > LARGE_BYTES / 2) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  });
  world.files.write('large', 'l'.repeat(LARGE_BYTES));
  await whileWatchingUntil(world, () => world.remote.sentBytes >= LARGE_BYTES / 2);
  world.remote.onSent(null);
  await world.uploadOnce();
  expect(world.remote.sentBytes).toBeLessThan(LARGE_BYTES * 1.1);
  expect(Object.keys(world.remote.current())).toEqual(['large']);
});

async function whileWatchingUntil(world: World, isDone: () => boolean): Promise<void> {
  const sync = world.engine();
  await sync.start();
  await world.clock.until(isDone);
  await world.clock.settle();
  await world.stop(sync);
}
