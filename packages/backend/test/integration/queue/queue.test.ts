import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  createJobQueue,
  createJobWorker,
  type JobContext,
  type JobHandlers,
  PRIORITIES,
} from '@instashare/backend/queue';
import { createTestDatabase } from '@instashare/backend/testing';
import { describe, expect, test, vi } from 'vitest';
import { openQueue } from '../../../src/queue/connection.ts';
import { describeOnBoth, idle, log, openQueueWorld, recorder } from './queue-world.ts';

const inHand = (blobId: string) => ({ blobId, doneBytes: null });

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped in the middle')));
  });

describe('the queue on PostgreSQL', () => {
  test('refuses to start on a database that was not migrated', async () => {
    await using database = await createTestDatabase({ empty: true });
    const connection = { databaseUrl: database.url, redisUrl: null };
    await expect(createJobQueue({ ...connection, log })).rejects.toThrow(/schema/i);
    await expect(createJobWorker({ ...connection, ...idle, log, concurrency: 1 })).rejects.toThrow(/schema/i);
  });
});

describeOnBoth('the queue', (openTarget) => {
  test('runs what is enqueued, with its payload', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const blobIds = [randomUUID(), randomUUID()];
    await queue.enqueue('compress-blobs', { blobIds });
    expect(await queue.countWaiting('compress-blobs')).toBe(1);

    const { handlers, compressed, sweeps } = recorder();
    await world.startWorker({ handlers });
    await vi.waitFor(() => expect(compressed).toEqual([{ blobIds, isLastAttempt: false }]), {
      timeout: 5000,
    });

    await queue.enqueue('sweep', {});
    await vi.waitFor(() => expect(sweeps()).toBe(1), { timeout: 5000 });
    await vi.waitFor(async () => expect(await queue.countWaiting('compress-blobs')).toBe(0));
    await queue.check();
  });

  test('tells how much waits, and for how long, whatever its priority', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const nothing = { waiting: 0, delayed: 0, active: 0, failed: 0, oldestWaitingSeconds: 0 };
    expect(await queue.backlog('compress-blobs')).toEqual(nothing);
    const askedAtMs = Date.now();
    // What is the least urgent waits longest.
    for (const priority of [
      PRIORITIES.huge,
      PRIORITIES.urgent,
      PRIORITIES.bulk,
      PRIORITIES.urgent,
    ] as const) {
      await queue.enqueue('compress-blobs', { blobIds: [randomUUID()] }, { priority });
      await setTimeout(120);
    }
    const { oldestWaitingSeconds, ...counts } = await queue.backlog('compress-blobs');
    expect(counts).toEqual({ waiting: 4, delayed: 0, active: 0, failed: 0 });
    expect(oldestWaitingSeconds).toBeGreaterThan(0.45);
    expect(oldestWaitingSeconds).toBeLessThanOrEqual((Date.now() - askedAtMs) / 1000);

    const done = Promise.withResolvers<void>();
    const { handlers } = recorder(() => done.promise);
    await world.startWorker({ handlers });
    await vi.waitFor(async () =>
      expect(await queue.backlog('compress-blobs')).toMatchObject({ waiting: 3, active: 1 }),
    );
    done.resolve();
    await vi.waitFor(async () => expect(await queue.backlog('compress-blobs')).toEqual(nothing));
  });

  test('asked for anew, what waits for its next try is run at once, and once', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const waiting = randomUUID();
    const raw = openQueue(world.connection, 'deliver-webhook');
    await raw.add('deliver-webhook', { deliveryId: waiting }, { jobId: waiting, delay: 3_600_000 });
    await raw.close();
    const run: string[] = [];
    const done = Promise.withResolvers<void>();
    const handlers: JobHandlers = {
      ...idle.handlers,
      'deliver-webhook': async ({ deliveryId }) => {
        run.push(deliveryId);
        await done.promise;
      },
    };
    await world.startWorker({ handlers });
    // As `enqueue` would leave it: there is one with this id.
    await queue.enqueue('deliver-webhook', { deliveryId: waiting }, { jobId: waiting });
    expect(await queue.backlog('deliver-webhook')).toMatchObject({ waiting: 0, delayed: 1, active: 0 });
    await queue.enqueueAnew('deliver-webhook', { deliveryId: waiting }, waiting);
    await vi.waitFor(() => expect(run).toEqual([waiting]), { timeout: 5000 });
    // While it is run, there is no second one beside it.
    await queue.enqueueAnew('deliver-webhook', { deliveryId: waiting }, waiting);
    expect(await queue.backlog('deliver-webhook')).toMatchObject({ waiting: 0, delayed: 0, active: 1 });
    done.resolve();
    const nothing = { waiting: 0, delayed: 0, active: 0, failed: 0 };
    await vi.waitFor(async () => expect(await queue.backlog('deliver-webhook')).toMatchObject(nothing), {
      timeout: 5000,
    });
    expect(run).toEqual([waiting]);
  });

  test('tells which blobs are in hand', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const done = Promise.withResolvers<void>();
    const { handlers } = recorder(() => done.promise);
    await world.startWorker({ handlers });
    const [first, second] = [randomUUID(), randomUUID()];
    expect(await queue.activeCompressions()).toEqual([]);
    await queue.enqueue('compress-blobs', { blobIds: [first] });
    await vi.waitFor(async () => expect(await queue.activeCompressions()).toEqual([inHand(first)]), {
      timeout: 5000,
    });
    await queue.enqueue('compress-blobs', { blobIds: [second] });
    expect(await queue.countWaiting('compress-blobs')).toBe(1);
    done.resolve();
    await vi.waitFor(async () => expect(await queue.activeCompressions()).toEqual([]), { timeout: 5000 });
  });

  test('takes no payload that breaks the contract, and gives none to a handler', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    await expect(queue.enqueue('compress-blobs', { blobIds: ['not an id'] })).rejects.toThrow(/uuid/i);
    await expect(queue.enqueue('compress-blobs', { blobIds: [] })).rejects.toThrow(/blobIds/);

    // As an older or a newer version of ours might have put it there.
    const raw = openQueue(world.connection, 'compress-blobs');
    await using closing = new AsyncDisposableStack();
    closing.defer(() => raw.close());
    await raw.add('compress-blobs', { blobs: 1 });
    const { handlers, compressed } = recorder();
    await world.startWorker({ handlers });
    await vi.waitFor(async () => expect(await raw.getFailedCount()).toBe(1), { timeout: 5000 });
    expect(compressed).toEqual([]);
  });

  test('tries a failed job again, and says when it is the last time', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const lastAttempts: boolean[] = [];
    const { handlers, compressed } = recorder(async ({ isLastAttempt }, call) => {
      lastAttempts.push(isLastAttempt);
      if (call === 1) throw new Error('not this time');
    });
    await world.startWorker({ handlers });
    await queue.enqueue('compress-blobs', { blobIds: [randomUUID()] });
    await vi.waitFor(() => expect(compressed).toHaveLength(2), { timeout: 10_000 });
    await queue.enqueue('sweep', {});
    await vi.waitFor(() => expect(lastAttempts).toEqual([false, false, true]), { timeout: 5000 });
  });

  test('a worker that stops gives its job back at once, with no attempt used', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    await queue.enqueue('sweep', {});
    const stopped = recorder(({ signal }) => aborted(signal));
    const first = await world.startWorker(stopped);
    await vi.waitFor(() => expect(stopped.sweeps()).toBe(1), { timeout: 5000 });
    await first[Symbol.asyncDispose]();
    expect(await queue.countWaiting('sweep')).toBe(1);

    const next = recorder();
    await world.startWorker(next);
    await vi.waitFor(() => expect(next.sweeps()).toBe(1), { timeout: 5000 });
  });

  test('a worker that stops tells all kinds of jobs at once', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    let [begun, told] = [0, 0];
    const allTold = Promise.withResolvers<void>();
    // Each waits for the other to be told as well.
    const stubborn = async (_: unknown, { signal }: JobContext) => {
      begun += 1;
      await aborted(signal).catch(() => {});
      told += 1;
      if (told === 2) allTold.resolve();
      await allTold.promise;
      throw new Error('stopped in the middle');
    };
    const handlers = { ...idle.handlers, 'compress-blobs': stubborn, sweep: stubborn };
    const worker = await world.startWorker({ handlers });
    await queue.enqueue('compress-blobs', { blobIds: [randomUUID()] });
    await queue.enqueue('sweep', {});
    await vi.waitFor(() => expect(begun).toBe(2), { timeout: 5000 });
    const stoppedMs = performance.now();
    await worker[Symbol.asyncDispose]();
    // One that waited for what is told later would be waited for five seconds, and that for one more.
    expect(performance.now() - stoppedMs).toBeLessThan(5500);
    for (const name of ['compress-blobs', 'sweep'] as const) expect(await queue.countWaiting(name)).toBe(1);
  });

  test('a repeated job runs again and again, once for all who ask for it', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    await using other = await createJobQueue({ ...world.connection, log });
    await queue.repeat('sweep', {}, 1000);
    await other.repeat('sweep', {}, 1000);
    const { handlers, sweeps } = recorder();
    const startedMs = performance.now();
    await world.startWorker({ handlers });
    await vi.waitFor(() => expect(sweeps()).toBe(3), { timeout: 10_000 });
    // Two schedules would have been through with three in half the time.
    expect(performance.now() - startedMs).toBeGreaterThan(1000);
  });

  test('a job that was scheduled by a clock that ran ahead runs again once it is asked for by one that is right', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const { handlers, sweeps } = recorder();
    vi.setSystemTime(Date.now() + 24 * 3_600_000);
    await queue.repeat('sweep', {}, 1000);
    vi.useRealTimers();
    await world.startWorker({ handlers });
    // The first time is at once, the next one a second behind it, by that clock.
    await vi.waitFor(() => expect(sweeps()).toBe(1), { timeout: 5000 });
    await queue.repeat('sweep', {}, 1000);
    await vi.waitFor(() => expect(sweeps()).toBe(3), { timeout: 10_000 });
  });

  test('refuses to start without a handler for every job, or with one for none', async () => {
    const options = { ...idle, databaseUrl: '', redisUrl: null, log, concurrency: 1 };
    const { sweep: _left, ...some } = idle.handlers;
    // @ts-expect-error -- leaving a handler out does not compile either
    const missing: JobHandlers = some;
    await expect(createJobWorker({ ...options, handlers: missing })).rejects.toThrow(
      'These jobs have no handler: sweep',
    );
    const extra = { ...idle.handlers, other: async () => {} };
    await expect(createJobWorker({ ...options, handlers: extra })).rejects.toThrow(
      'These handlers are for no known job: other',
    );
  });

  test('goes on after every connection was lost', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const { handlers, sweeps } = recorder();
    await world.startWorker({ handlers });
    await queue.enqueue('sweep', {});
    await vi.waitFor(() => expect(sweeps()).toBe(1), { timeout: 5000 });
    await world.cutConnections();
    // A pool hands out a dead connection once before it notices.
    await vi.waitFor(() => queue.enqueue('sweep', {}), { timeout: 5000 });
    await vi.waitFor(() => expect(sweeps()).toBeGreaterThanOrEqual(2), { timeout: 10_000 });
    await queue.check();
  });

  test('is closed for good once it is disposed', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    await queue[Symbol.asyncDispose]();
    await expect(queue.enqueue('sweep', {})).rejects.toThrow('The queue is closed');
    await expect(queue.check()).rejects.toThrow('The queue is closed');
  });
});
