import { createLog } from '@instashare/backend/log';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BATCH_BLOBS, BATCH_BYTES } from './batch-blobs.ts';
import { createCompressionBuffer } from './compression-buffer.ts';

const log = createLog({ name: 'test', level: 'silent' });

/** A queue that writes down the jobs, and takes them when `takes` says so. */
function queueThat(takes: () => Promise<void> = async () => {}) {
  const jobs: (readonly string[])[] = [];
  const queue = {
    async enqueue(_: string, payload: object) {
      if ('blobIds' in payload && Array.isArray(payload.blobIds)) jobs.push(payload.blobIds);
      await takes();
    },
  };
  return { jobs, buffer: createCompressionBuffer({ queue, log }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('blobs that come shortly after each other share a job', async () => {
  const { jobs, buffer } = queueThat();
  buffer.add({ id: 'a', sizeBytes: 10 });
  await vi.advanceTimersByTimeAsync(20);
  buffer.add({ id: 'b', sizeBytes: 10 });
  expect(jobs).toEqual([]);
  await vi.advanceTimersByTimeAsync(5);
  expect(jobs).toEqual([['a', 'b']]);
  buffer.add({ id: 'c', sizeBytes: 10 });
  await vi.advanceTimersByTimeAsync(25);
  expect(jobs).toEqual([['a', 'b'], ['c']]);
});

test('a full job and a big blob do not wait', () => {
  const { jobs, buffer } = queueThat();
  const ids = Array.from({ length: BATCH_BLOBS }, (_, index) => `${index}`);
  for (const id of ids) buffer.add({ id, sizeBytes: 1 });
  expect(jobs).toEqual([ids]);
  buffer.add({ id: 'small', sizeBytes: 1 });
  buffer.add({ id: 'big', sizeBytes: BATCH_BYTES + 1 });
  expect(jobs).toEqual([ids, ['small'], ['big']]);
});

const many = (from: number) => Array.from({ length: BATCH_BLOBS }, (_, index) => `${from + index}`);

test('what a burst of small files brings waits for its end', async () => {
  const { jobs, buffer } = queueThat();
  for (const from of [0, 1_000, 2_000]) {
    const reception = buffer.receiving();
    await vi.advanceTimersByTimeAsync(150);
    for (const id of many(from)) buffer.add({ id, sizeBytes: 1 });
    reception[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(90);
  }
  expect(jobs).toEqual([]);
  await vi.advanceTimersByTimeAsync(10);
  expect(jobs).toEqual([many(0), many(1_000), many(2_000)]);
});

test('what comes by itself between two bundles of a burst waits for its end as well', async () => {
  const { jobs, buffer } = queueThat();
  buffer.receiving()[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(50);
  buffer.add({ id: 'alone', sizeBytes: BATCH_BYTES });
  expect(jobs).toEqual([]);
  buffer.receiving()[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(99);
  expect(jobs).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(jobs).toEqual([['alone']]);
});

test('a burst that does not end has its first files compressed meanwhile', async () => {
  const { jobs, buffer } = queueThat();
  buffer.receiving();
  for (const id of many(0)) buffer.add({ id, sizeBytes: 1 });
  await vi.advanceTimersByTimeAsync(4_999);
  expect(jobs).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(jobs).toEqual([many(0)]);
});

test('a few small files wait for no more than those that may follow at once', async () => {
  const { jobs, buffer } = queueThat();
  const reception = buffer.receiving();
  buffer.add({ id: 'a', sizeBytes: 10 });
  reception[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(99);
  expect(jobs).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(jobs).toEqual([['a']]);
});

test('what is gathered is sent when it closes, and waited for', async () => {
  const taken = Promise.withResolvers<void>();
  const { jobs, buffer } = queueThat(() => taken.promise);
  buffer.add({ id: 'a', sizeBytes: 10 });
  let closed = false;
  const closing = buffer[Symbol.asyncDispose]().then(() => {
    closed = true;
  });
  expect(jobs).toEqual([['a']]);
  await vi.advanceTimersByTimeAsync(100);
  expect(closed).toBe(false);
  taken.resolve();
  await closing;
  expect(closed).toBe(true);
});

test('a queue that is down troubles nobody: the sweep finds what it missed', async () => {
  const { jobs, buffer } = queueThat(() => Promise.reject(new Error('down')));
  buffer.add({ id: 'a', sizeBytes: 10 });
  await vi.advanceTimersByTimeAsync(25);
  expect(jobs).toEqual([['a']]);
  await expect(buffer[Symbol.asyncDispose]()).resolves.toBeUndefined();
});
