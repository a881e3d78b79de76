import { expect, test } from 'vitest';
import { createUploadLimit } from './upload-limit.ts';

/** A limit in a time that passes only while it sleeps. */
function setUp(bytesPerSecond: number | null) {
  let nowMs = 0;
  const limit = createUploadLimit(bytesPerSecond, {
    now: () => nowMs,
    sleep: (ms, signal) => {
      signal?.throwIfAborted();
      nowMs += ms;
      return Promise.resolve();
    },
  });
  return { limit, nowMs: () => nowMs, pass: (ms: number) => (nowMs += ms) };
}

test('C18: all that is sent together stays within the limit', async () => {
  const { limit, nowMs } = setUp(1_000_000);
  const connections = Array.from({ length: 4 }, async () => {
    for (let sent = 0; sent < 2_500_000; sent += limit.sliceBytes) await limit.take(limit.sliceBytes);
  });
  await Promise.all(connections);
  expect(nowMs()).toBeGreaterThan(9_800);
  expect(nowMs()).toBeLessThan(10_600);
});

test('what was not used for long is not caught up on', async () => {
  const { limit, nowMs, pass } = setUp(100_000);
  await limit.take(1_000);
  pass(3_600_000);
  const startMs = nowMs();
  for (let sent = 0; sent < 200_000; sent += 10_000) await limit.take(10_000);
  expect(nowMs() - startMs).toBeGreaterThan(1_500);
});

test('a limit that is changed or taken away holds for those that wait', async () => {
  const { limit, nowMs } = setUp(1_000);
  await limit.take(100_000);
  const waiting = limit.take(1_000);
  limit.bytesPerSecond = null;
  await waiting;
  expect(nowMs()).toBeLessThan(1_000);
  limit.bytesPerSecond = 1_000;
  await limit.take(1_000);
  await limit.take(1_000);
  expect(nowMs()).toBeGreaterThanOrEqual(1_000);
});

test('without a limit nothing waits', async () => {
  const { limit, nowMs } = setUp(null);
  for (let index = 0; index < 1_000; index += 1) await limit.take(1_000_000);
  expect(nowMs()).toBe(0);
});

test('one that is broken off while it waits holds up nobody', async () => {
  const { limit } = setUp(1_000);
  await limit.take(5_000);
  const broken = limit.take(1_000, AbortSignal.abort(new Error('stopped')));
  const next = limit.take(1_000);
  await expect(broken).rejects.toThrow('stopped');
  await expect(next).resolves.toBeUndefined();
});

test('slices are small enough that the line moves several times a second', () => {
  const slices = [null, 100_000_000, 200_000, 1_000].map((rate) => createUploadLimit(rate).sliceBytes);
  expect(slices).toEqual([65_536, 65_536, 20_000, 1_024]);
});
