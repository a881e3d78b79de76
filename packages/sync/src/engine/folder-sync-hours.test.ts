import { expect, test } from 'vitest';
import { createWorld } from '../../test/support/memory-world.ts';
import { parseHours } from '../model/hours.ts';

const LARGE_BYTES = 2 * 1024 * 1024;
const HOUR_MS = 3_600_000;

/** Hours that begin and end so many hours from the world's beginning, wherever this runs. */
function hoursFrom(fromHours: number, toHours: number) {
  const startMs = Date.parse('2026-01-01T00:00:00.000Z');
  const clockAt = (hours: number) => {
    const time = new Date(startMs + hours * HOUR_MS);
    return `${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`;
  };
  return parseHours(`${clockAt(fromHours)}-${clockAt(toHours)}`);
}

test('outside of the hours changes are noticed and nothing is uploaded, within them it goes on by itself', async () => {
  const world = createWorld();
  const sync = world.engine({ hours: hoursFrom(2, 10) });
  await sync.start();
  world.files.write('a', 'A');
  world.hint('a');
  await world.clock.advance(HOUR_MS);
  const until = '2026-01-01T02:00:00.000Z';
  expect(sync.status()).toMatchObject({ phase: 'paused', totalFiles: 1, closedUntil: until });
  expect(world.remote.current()).toEqual({});
  await world.clock.advance(HOUR_MS + 1_000);
  expect(world.remote.current()).toEqual({ a: 'A' });
  expect(sync.status()).toMatchObject({ phase: 'up_to_date', closedUntil: null });
  await world.clock.advance(9 * HOUR_MS);
  world.files.write('b', 'B');
  world.hint('b');
  await world.clock.advance(10_000);
  expect(world.remote.current()).toEqual({ a: 'A' });
  await world.stop(sync);
  expect(world.eventsOf('closed')).toMatchObject([{ until }, { until: '2026-01-02T02:00:00.000Z' }]);
  expect(world.eventsOf('opened')).toHaveLength(1);
});

test('a large file that is on its way when the hours end goes on where it was when they begin', async () => {
  const world = createWorld();
  const sync = world.engine({ hours: hoursFrom(0, 1) });
  await sync.start();
  world.remote.onSent(async (_path, sentBytes) => {
    if (sentBytes !== LARGE_BYTES / 2) return;
    world.remote.onSent(null);
    const { promise, resolve } = Promise.withResolvers<void>();
    world.clock.after(2 * HOUR_MS, resolve);
    await promise;
  });
  world.files.write('large', 'l'.repeat(LARGE_BYTES));
  world.hint('large');
  await world.clock.advance(23 * HOUR_MS);
  expect(world.remote.current()).toEqual({});
  await world.clock.advance(2 * HOUR_MS);
  expect(Object.keys(world.remote.current())).toEqual(['large']);
  expect(world.remote.sentBytes).toBeLessThan(LARGE_BYTES * 1.2);
  await world.stop(sync);
});

test('hours may be changed while it is watched, and a pause holds within them', async () => {
  const world = createWorld();
  const sync = world.engine({ hours: hoursFrom(5, 6) });
  await sync.start();
  world.files.write('a', 'A');
  world.hint('a');
  await world.clock.advance(10_000);
  sync.control.pause.set(true);
  sync.control.opening.set(null);
  await world.clock.advance(10_000);
  expect(world.remote.current()).toEqual({});
  sync.control.pause.set(false);
  await world.clock.advance(10_000);
  expect(world.remote.current()).toEqual({ a: 'A' });
  await world.stop(sync);
});
