import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDiskRoom } from './disk-room.ts';

const GIBIBYTE = 1024 ** 3;

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function roomOn(free: number) {
  const freeBytes = vi.fn<() => Promise<number>>(async () => free);
  return { freeBytes, room: createDiskRoom('/', { reserveBytes: GIBIBYTE, freeBytes }) };
}

test('where there is plenty the disk is asked ten times a second at most', async () => {
  const { freeBytes, room } = roomOn(3 * GIBIBYTE);
  for (let asked = 0; asked < 5; asked += 1) await room.require(GIBIBYTE);
  expect(freeBytes).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  await room.require(GIBIBYTE);
  expect(freeBytes).toHaveBeenCalledTimes(2);
});

test('where that much would leave less than plenty it is asked each time', async () => {
  const { freeBytes, room } = roomOn(3 * GIBIBYTE);
  for (let asked = 0; asked < 5; asked += 1) await room.require(GIBIBYTE + 1);
  expect(freeBytes).toHaveBeenCalledTimes(5);
});
